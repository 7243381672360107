import { join } from 'node:path'
import type { Page } from '@playwright/test'
import { expect, test } from '../support/carryscope'
import { root } from '../support/installed'
import { pressUntilFocused } from '../support/keyboard'

const circuit = (page: Page) => page.getByRole('switch', { name: 'H0.2 Out' })
const cell = (page: Page, site: string) =>
  page.getByRole('gridcell', { name: new RegExp(`^${site.replace('+', '\\+')}(,|$)`) })
const sites = (page: Page) => page.getByRole('list', { name: 'Sites', exact: true }).getByRole('button')
const verdict = (page: Page) => page.locator('[data-part="verdict"]')
const shares = (page: Page) => page.getByRole('region', { name: 'What each digit does' })

/** Waits until every site was tried and the best one is chosen. */
async function openLab(page: Page): Promise<void> {
  await circuit(page).waitFor()
  await page.keyboard.press('Alt+l')
  await expect(page.getByRole('main', { name: 'Carry lab' })).toBeVisible()
  await expect(sites(page)).toHaveCount(1, { timeout: 60_000 })
}

/** What a share of the table behind the bars says: `C2`, `differs`, and the outcome's place among own, moved, donor, other. */
async function shareOf(page: Page, digit: string, carry: string, outcome: number): Promise<number> {
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

test('the carry lab is a key away, and its sections step with the brackets', async ({ carryscope: { page } }) => {
  await openLab(page)
  await expect(page.getByRole('radio', { name: 'Bench' })).toBeChecked()
  await page.keyboard.press(']')
  await expect(page.getByRole('radio', { name: 'Needles' })).toBeChecked()
  await page.keyboard.press('[')
  await page.keyboard.press('[')
  await expect(page.getByRole('radio', { name: 'Heads together' })).toBeChecked()
})

test('by keyboard alone: the site that moves C2 is found, moves it at a price, is saved and opened in Explore', async ({
  carryscope: { page },
  complaints,
}) => {
  await openLab(page)
  await page.keyboard.press('Alt+3')
  const best = page.getByText(/ moves C2 the most$/)
  await expect(best).toBeVisible()
  const site = (await best.textContent())!.split(' ')[0]!
  await expect(verdict(page)).toContainText('C2 follows the donor’s carry')

  // By hand: all sites are left, and the best cell of the map is gone to and taken.
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

  // The price stands beside it: what the control group keeps.
  await expect.poll(() => shareOf(page, 'C2', 'differs', 1), { timeout: 30_000 }).toBeGreaterThan(0.5)
  const kept = await shareOf(page, 'C2', 'is the same', 0)
  expect(kept).toBeGreaterThan(0)
  expect(kept).toBeLessThanOrEqual(1)
  await expect(page.getByText(/^C2 moved, n \d+$/)).toBeVisible()

  await pressUntilFocused(page, 'Tab', page.getByRole('button', { name: 'Open in Explore' }))
  await page.keyboard.press('Enter')
  await expect(
    circuit(page)
      .or(page.getByRole('switch', { name: /^H0\.\d Out, patch/ }))
      .first(),
  ).toBeVisible()
  await expect(page.getByText('1 active', { exact: true })).toBeVisible()
  await expect(page.getByText(/✕ \d of 4 wrong/)).toBeVisible()
  await page.keyboard.press('Control+z')
  await expect(page.getByText('0 active', { exact: true })).toBeVisible()
  expect(complaints).toEqual([])
})

test('by mouse: a drag takes three sites, a token all heads at a position, and one undo takes a drag back', async ({
  carryscope: { page },
}) => {
  await openLab(page)
  await page.getByRole('button', { name: 'Clear sites' }).click()
  const at = async (site: string) => {
    const box = (await cell(page, site).boundingBox())!
    return [box.x + box.width / 2, box.y + box.height / 2] as const
  }
  await page.mouse.move(...(await at('H0.1@B1')))
  await page.mouse.down()
  await page.mouse.move(...(await at('H0.1@B2')), { steps: 4 })
  await page.mouse.move(...(await at('H0.1@B3')), { steps: 4 })
  await page.mouse.up()
  await expect(sites(page)).toHaveCount(3)
  await expect(cell(page, 'H0.1@B2')).toHaveAttribute('aria-selected', 'true')
  await page.keyboard.press('Control+z')
  await expect(sites(page)).toHaveCount(0)
  await cell(page, 'H0.2@B2').click()
  await expect(sites(page)).toHaveCount(1)
  await cell(page, 'H0.2@B2').click()
  await expect(sites(page)).toHaveCount(0)
})

test('under an intervention the bench is that of the model intervened on, and says so', async ({
  carryscope: { page },
}) => {
  await page.getByRole('switch', { name: 'H1.0 Q' }).click()
  await openLab(page)
  await expect(page.getByText('under H1.0 Q μ').first()).toBeVisible()
  await expect(page.getByRole('rowheader', { name: 'Intervened' })).toBeVisible()
})

test('letters draw donors and swap, digits in a donor’s cell are the donor’s, and a donor like the sum is told of', async ({
  carryscope: { page },
}) => {
  await openLab(page)
  const digits = async (of: string) =>
    (await page.getByRole('group', { name: of, exact: true }).getByRole('spinbutton').allTextContents()).join('')
  const sum = await digits('A + B')
  const first = await digits('Donor A + B')
  await page.keyboard.press('d')
  await expect.poll(() => digits('Donor A + B')).not.toBe(first)
  const drawn = await digits('Donor A + B')
  await page.keyboard.press('x')
  expect([await digits('A + B'), await digits('Donor A + B')]).toEqual([drawn, sum])
  await pressUntilFocused(page, 'Tab', page.getByRole('spinbutton', { name: 'Donor A0' }))
  await page.keyboard.type(drawn)
  await expect(page.getByRole('alert').getByText('Donor and sum are the same: nothing would move.')).toBeVisible()
  expect(await digits('A + B')).toBe(drawn)
})

test('a model with an MLP, and one that writes units first, have a bench of their own', async ({ carryscope }) => {
  const { page } = carryscope
  for (const model of ['test/cases/blocks/mlp-relu', 'test/fixtures/layouts/units-first']) {
    await carryscope.openModel(join(root, model))
    await page.getByText(`model ${model.split('/').at(-1)!},`).waitFor()
    await page.keyboard.press('Alt+l')
    // Whatever it chose by itself is left.
    await expect(sites(page)).toHaveCount(1, { timeout: 60_000 })
    await page.getByRole('button', { name: 'Clear sites' }).click()
    await cell(page, 'H0.0@=').click()
    await expect(page.getByRole('button', { name: 'Remove H0.0@=' })).toBeVisible()
    await expect(verdict(page)).not.toContainText('…', { timeout: 30_000 })
    await expect(shares(page).getByRole('rowheader').first()).toBeAttached({ timeout: 60_000 })
  }
})
