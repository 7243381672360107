import { existsSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Page } from '@playwright/test'
import { expect, test } from '../support/carryscope'
import { findChromium } from '../support/installed'
import { startServed } from '../support/served'
import { openSession, saveSession } from '../support/session-files'
import { typeSum } from '../support/sum-bar'

const panels = ['Sum', 'Predictions', 'Logit attribution, C2', 'Clock face, C2', 'Carry classes', 'Loss difference']

/** Every word and number of the panels, with those of the tables behind the pictures. */
async function shown(page: Page): Promise<string[]> {
  await expect(page.getByRole('region', { name: 'Clock face, C2' })).toBeVisible()
  await expect(page.getByText(/✕ \d of 4 wrong/)).toBeVisible()
  await expect(page.locator('.dim, .stale')).toHaveCount(0, { timeout: 60_000 })
  // A table follows its picture once the values rest.
  await page.waitForTimeout(1000)
  const texts = panels.map((name) => page.getByRole('region', { name }).locator('table, p, h2').allTextContents())
  return (await Promise.all(texts)).flat().map((text) => text.replaceAll(/\s+/g, ' ').trim())
}

test('a session saved in the desktop app shows the same in a browser, to the last digit', async ({ carryscope }) => {
  const folder = mkdtempSync(join(tmpdir(), 'carryscope-same-session-'))
  const path = join(folder, 'talk.carryscope.json')
  const { page } = carryscope
  await typeSum(page, '2968', '1606')
  await page.getByRole('switch', { name: 'H0.2 Out' }).click()
  await page.keyboard.press('Alt+3')
  await saveSession(carryscope, path)
  await expect.poll(() => existsSync(path)).toBe(true)
  const here = await shown(page)

  const served = await startServed(findChromium() ?? '', folder, [])
  try {
    // As many rows of the table fit.
    await served.page.setViewportSize(await page.evaluate(() => ({ width: innerWidth, height: innerHeight })))
    await openSession(served, path)
    const there = await shown(served.page)
    expect(there.length).toBeGreaterThan(10)
    expect(there).toEqual(here)
  } finally {
    await served.close()
    rmSync(folder, { recursive: true, force: true })
  }
})
