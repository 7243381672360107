import type { Locator, Page } from '@playwright/test'
import { expect } from './carryscope'
import { pressUntilFocused } from './keyboard'

/** A cell of the map of sites, by its name: `H0.2@B3`. */
export function cell(page: Page, site: string): Locator {
  return page.getByRole('gridcell', { name: new RegExp(`^${site.replace('+', '\\+')}(,|$)`) })
}

/** The buttons that take the chosen sites off the bench. */
export function sites(page: Page): Locator {
  return page.getByRole('list', { name: 'Sites', exact: true }).getByRole('button')
}

/** The sentence on what became of the digits. */
export function verdict(page: Page): Locator {
  return page.locator('[data-part="verdict"]')
}

/** What each digit does over many donors. */
export function shares(page: Page): Locator {
  return page.getByRole('region', { name: 'What each digit does' })
}

/** Waits until every site was tried and the best one is chosen. */
export async function openLab(page: Page): Promise<void> {
  await page.getByRole('switch', { name: 'H0.2 Out' }).waitFor()
  await page.keyboard.press('Alt+l')
  await expect(page.getByRole('main', { name: 'Carry lab' })).toBeVisible()
  await expect(sites(page)).toHaveCount(1, { timeout: 60_000 })
}

/** What a share of the table behind the bars says: `C2`, `differs`, and the outcome's place among own, moved, donor, other. */
export async function shareOf(page: Page, digit: string, carry: string, outcome: number): Promise<number> {
  const row = shares(page)
    .getByRole('row')
    .filter({ hasText: `${digit}${carry}` })
  return Number(
    await row
      .getByRole('cell')
      .nth(2 + outcome)
      .textContent(),
  )
}

/**
 * In the lab, by keyboard alone: looks at C2, finds the site that alone moves its carry the most, leaves all sites, goes to that one in
 * the map and takes it; then sees it move, and what it costs. Returns the site.
 */
export async function moveC2ByKeyboard(page: Page): Promise<string> {
  await page.keyboard.press('Alt+3')
  const best = page.getByText(/ moves C2 the most$/)
  await expect(best).toBeVisible()
  const site = (await best.textContent())!.split(' ')[0]!
  await pressUntilFocused(page, 'Tab', page.getByRole('gridcell').first())
  await page.keyboard.press('Delete')
  await expect(sites(page)).toHaveCount(0)
  await expect(verdict(page)).toContainText('Nothing is moved')
  const row = Number(/^H0\.(\d)/.exec(site)![1])
  for (let down = 0; down < row; down++) await page.keyboard.press('ArrowDown')
  await pressUntilFocused(page, 'ArrowRight', cell(page, site))
  await expect(page.getByRole('tooltip')).toContainText('moved')
  await page.keyboard.press('Space')
  await expect(page.getByRole('button', { name: `Remove ${site}` })).toBeVisible()
  await expect(verdict(page)).toContainText('C2 follows the donor’s carry')
  await expect.poll(() => shareOf(page, 'C2', 'differs', 1), { timeout: 60_000 }).toBeGreaterThan(0.5)
  // The price stands beside it: what the control group keeps.
  const kept = await shareOf(page, 'C2', 'is the same', 0)
  expect(kept).toBeGreaterThan(0)
  expect(kept).toBeLessThanOrEqual(1)
  await expect(page.getByText(/^C2 moved, n \d+$/)).toBeVisible()
  return site
}

/** Opens the pair in Explore by keyboard, and sees the patch that acts there on top of so many interventions. */
export async function openPairInExplore(page: Page, site: string, before: number): Promise<void> {
  await pressUntilFocused(page, 'Tab', page.getByRole('button', { name: 'Open in Explore' }))
  await page.keyboard.press('Enter')
  const head = site.split('@')[0]!
  await expect(page.getByRole('switch', { name: new RegExp(`^${head} Out, patch`) })).toBeVisible()
  await expect(page.getByText(`${before + 1} active`, { exact: true })).toBeVisible()
}

/** Drags over cells of one row with the mouse. */
export async function dragOver(page: Page, names: readonly string[]): Promise<void> {
  const at = async (site: string) => {
    const box = (await cell(page, site).boundingBox())!
    return [box.x + box.width / 2, box.y + box.height / 2] as const
  }
  await page.mouse.move(...(await at(names[0]!)))
  await page.mouse.down()
  for (const name of names.slice(1)) await page.mouse.move(...(await at(name)), { steps: 4 })
  await page.mouse.up()
}
