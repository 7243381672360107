import AxeBuilder from '@axe-core/playwright'
import { readFileSync, writeFileSync } from 'node:fs'
import { pathToFileURL } from 'node:url'
import type { Page } from '@playwright/test'
import { expect, test } from '../support/carryscope'

/** Saves a page from the View menu and opens it as its reader would: from the disk, with no network. */
async function shared(page: Page, item: string, path: string): Promise<Page> {
  await page.getByRole('button', { name: 'View', exact: true }).click()
  const download = page.waitForEvent('download', { timeout: 120_000 })
  await page.getByRole('menuitem', { name: item }).click()
  await expect(page.getByRole('status').filter({ hasText: /^page \d+ of \d+$/ })).toBeVisible()
  const saved = await download
  writeFileSync(path, readFileSync(await saved.path()))
  const context = await page.context().browser()!.newContext({ offline: true })
  const reader = await context.newPage()
  const asked: string[] = []
  reader.on('request', (request) => asked.push(request.url()))
  await reader.goto(pathToFileURL(path).href)
  expect(asked.every((address) => address.startsWith('file:'))).toBe(true)
  return reader
}

const place = (reader: Page) => reader.locator('#place')

// Only a browser hands a download to the test: Electron asks a person where to save.
test('a tour is shared as a page that is read by keyboard alone, without a network', async ({
  carryscope: { page },
  complaints,
}, info) => {
  test.setTimeout(180_000)
  await page.getByRole('switch', { name: 'H0.2 Out' }).waitFor()
  const reader = await shared(page, 'Share the tour as a page…', info.outputPath('tour.html'))
  const errors: string[] = []
  reader.on('console', (message) => message.type() === 'error' && errors.push(message.text()))
  reader.on('pageerror', (error) => errors.push(error.message))

  await expect(reader).toHaveTitle('The tour of sum-4digit · Carryscope')
  await expect(place(reader)).toHaveText('Contents')
  await expect(reader.getByRole('heading', { level: 1 })).toBeVisible()
  await expect(reader.getByRole('button', { name: '← Back' })).toBeDisabled()
  await reader.keyboard.press('ArrowRight')
  await expect(place(reader)).toHaveText('1 of 31')
  await expect(reader.getByRole('heading', { level: 1 })).toBeHidden()
  await expect(reader.locator('section.now h2')).toBeFocused()
  await reader.keyboard.press('PageDown')
  await expect(place(reader)).toHaveText('2 of 31')
  await reader.keyboard.press('ArrowLeft')
  await expect(place(reader)).toHaveText('1 of 31')
  await reader.keyboard.press('End')
  await expect(place(reader)).toHaveText('31 of 31')
  await expect(reader.getByRole('button', { name: 'Next →' })).toBeDisabled()
  await reader.keyboard.press('ArrowRight')
  await expect(place(reader)).toHaveText('31 of 31')
  await reader.keyboard.press('Home')
  await expect(place(reader)).toHaveText('Contents')
  await reader.getByRole('link', { name: 'One attention step decides a column’s carry.' }).click()
  await expect(reader.getByRole('heading', { level: 2 })).toContainText('One attention step')
  await expect(reader.locator('section.now .verdict')).toHaveText('✓ confirmed')
  await expect(reader.locator('section.now figure > svg')).toBeVisible()
  await reader.keyboard.press('PageUp')
  await reader.goBack().catch(() => null)

  for (const colorScheme of ['light', 'dark'] as const) {
    await reader.emulateMedia({ colorScheme })
    for (const [width, height] of [
      [390, 844],
      [1920, 1080],
    ] as const) {
      await reader.setViewportSize({ width, height })
      const wide = await reader.evaluate(
        () => document.documentElement.scrollWidth - document.documentElement.clientWidth,
      )
      expect(wide).toBeLessThanOrEqual(0)
      const { violations } = await new AxeBuilder({ page: reader }).analyze()
      expect(violations.map(({ id, nodes }) => [id, nodes[0]?.html])).toEqual([])
    }
  }
  await reader.emulateMedia({ media: 'print' })
  await expect(reader.locator('main > section:visible')).toHaveCount(32)
  await expect(reader.locator('#steps')).toBeHidden()
  expect(errors).toEqual([])
  expect(complaints).toEqual([])
  await reader.context().close()
})

test('a session is shared with what is pinned, and the search finds the command', async ({
  carryscope: { page },
}, info) => {
  test.setTimeout(120_000)
  await page.getByRole('switch', { name: 'H0.2 Out' }).click()
  const reader = await shared(page, 'Share the session as a page…', info.outputPath('session.html'))
  await reader.keyboard.press('ArrowRight')
  await expect(reader.locator('section.now h2')).toContainText('with 1 intervention')
  await expect(reader.locator('section.now figure')).toHaveCount(2)
  await reader.context().close()
  await page.keyboard.press('Control+k')
  await page.keyboard.type('handout')
  await expect(page.getByRole('option', { name: /Share the (tour|session) as a page/ }).first()).toBeVisible()
})

test('a deck is shared without its notes', async ({ carryscope: { page }, complaints }, info) => {
  test.setTimeout(180_000)
  await page.getByRole('switch', { name: 'H0.2 Out' }).waitFor()
  await page.keyboard.press('Alt+k')
  await page.getByRole('button', { name: 'Share…' }).click()
  const download = await page.waitForEvent('download', { timeout: 120_000 })
  expect(download.suggestedFilename()).toMatch(/^How.the.carry.moves.*\.html$/i)
  const path = info.outputPath('deck.html')
  await download.saveAs(path)
  const html = readFileSync(path, 'utf8')
  expect(html).toContain('Ten thousand sums drawn at random, and not one wrong digit.')
  expect(html).not.toContain('Type a sum that somebody calls out')
  expect(complaints).toEqual([])
})
