import { readFileSync } from 'node:fs'
import type { Page } from '@playwright/test'
import { moveC2ByKeyboard, openLab, openPairInExplore, shares } from '../support/carry-lab'
import { expect, test } from '../support/carryscope'
import { pressUntilFocused } from '../support/keyboard'

// Only a browser hands a download to the test: Electron asks a person where to save.

/** Chooses an item of a figure's menu by keyboard, and reads what is saved. */
async function save(page: Page, menu: string, item: string): Promise<[string, string]> {
  await pressUntilFocused(page, 'Tab', page.getByRole('button', { name: `${menu}: more` }))
  await page.keyboard.press('Enter')
  const download = page.waitForEvent('download')
  await pressUntilFocused(page, 'ArrowDown', page.getByRole('menuitem', { name: item }))
  await page.keyboard.press('Enter')
  const saved = await download
  return [saved.suggestedFilename(), readFileSync(await saved.path(), 'utf8')]
}

test('from start-up, by keyboard alone: C2’s site moves it at a price, the figure is saved, the pair opened in Explore', async ({
  carryscope: { page },
}) => {
  await openLab(page)
  const site = await moveC2ByKeyboard(page)
  const [name, svg] = await save(page, 'Transplant bench', 'Save as SVG')
  expect(name).toMatch(/^transplant-C2.*\.svg$/)
  expect(svg).toContain('same carry in (control)')
  await openPairInExplore(page, site, 0)
})

test('every figure of the bench is saved by keyboard', async ({ carryscope: { page } }) => {
  await openLab(page)
  await expect(shares(page).getByRole('rowheader').first()).toBeAttached({ timeout: 60_000 })
  const [name] = await save(page, 'Transplant bench', 'Save as SVG')
  expect(name).toMatch(/^transplant-C1.*\.svg$/)
  const [, map] = await save(page, 'Map of sites', 'Save as SVG')
  expect(map).toMatch(/^<svg|^<\?xml/)
  const [, classes] = await save(page, 'Classes', 'Save as CSV')
  expect(classes.split('\r\n')[0]).toBe('this sum,donor,moved [share],pairs')
})
