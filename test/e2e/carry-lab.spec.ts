import { join } from 'node:path'
import { expect, test } from '../support/carryscope'
import { root } from '../support/installed'
import {
  cell,
  dragOver,
  moveC2ByKeyboard,
  openLab,
  openPairInExplore,
  shareOf,
  shares,
  sites,
  verdict,
} from '../support/carry-lab'
import { pressUntilFocused } from '../support/keyboard'
import { digitsOf } from '../support/sum-bar'

test('the carry lab is a key away, and its sections step with the brackets', async ({ carryscope: { page } }) => {
  await openLab(page)
  await expect(page.getByRole('radio', { name: 'Bench' })).toBeChecked()
  await page.keyboard.press(']')
  await expect(page.getByRole('radio', { name: 'Needles' })).toBeChecked()
  await page.keyboard.press('[')
  await page.keyboard.press('[')
  await expect(page.getByRole('radio', { name: 'Heads together' })).toBeChecked()
})

test('by keyboard alone: the site that moves C2 is found, moves it at a price, and the pair is opened in Explore', async ({
  carryscope: { page },
  complaints,
}) => {
  await openLab(page)
  const site = await moveC2ByKeyboard(page)
  await openPairInExplore(page, site, 0)
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
  await dragOver(page, ['H0.1@B1', 'H0.1@B2', 'H0.1@B3'])
  await expect(sites(page)).toHaveCount(3)
  await expect(cell(page, 'H0.1@B2')).toHaveAttribute('aria-selected', 'true')
  await page.keyboard.press('Control+z')
  await expect(sites(page)).toHaveCount(0)
  await cell(page, 'H0.2@B2').click()
  await expect(sites(page)).toHaveCount(1)
  await cell(page, 'H0.2@B2').click()
  await expect(sites(page)).toHaveCount(0)
})

test('under an intervention the bench is that of the model intervened on, says so, and all of it can be done there', async ({
  carryscope: { page },
}) => {
  await page.getByRole('switch', { name: 'H0.0 Q' }).click()
  await openLab(page)
  await expect(page.getByText('under H0.0 Q μ').first()).toBeVisible()
  await expect(page.getByRole('rowheader', { name: 'Intervened' })).toBeVisible()
  const site = await moveC2ByKeyboard(page)
  await page.getByRole('button', { name: 'Clear sites' }).click()
  await dragOver(page, ['H0.1@B1', 'H0.1@B2', 'H0.1@B3'])
  await expect(sites(page)).toHaveCount(3)
  await page.keyboard.press('Control+z')
  await page.keyboard.press('Control+z')
  await expect(page.getByRole('button', { name: `Remove ${site}` })).toBeVisible()
  await openPairInExplore(page, site, 1)
})

test('on the bundled model of three digits with MLPs all of it can be done too', async ({ carryscope }) => {
  const { page } = carryscope
  await carryscope.openModel(join(root, 'models/sum-3digit-mlp'))
  await page.getByText('model sum-3digit-mlp,').waitFor()
  await openLab(page)
  const site = await moveC2ByKeyboard(page)
  await page.getByRole('button', { name: 'Clear sites' }).click()
  await dragOver(page, ['H0.1@B0', 'H0.1@B1', 'H0.1@B2'])
  await expect(sites(page)).toHaveCount(3)
  await page.keyboard.press('Control+z')
  await page.keyboard.press('Control+z')
  await openPairInExplore(page, site, 0)
})

test('the pairs behind a class are a key away, and one of them is taken to the bench', async ({
  carryscope: { page },
}) => {
  await openLab(page)
  const classes = page.getByRole('region', { name: 'Repeat' }).getByRole('img')
  await expect(classes).toBeVisible({ timeout: 60_000 })
  await classes.focus()
  // The first row: a sum whose column carries, with a donor whose column carries, adds to 9, does not carry.
  await page.keyboard.press('ArrowDown')
  await page.keyboard.press('ArrowRight')
  await page.keyboard.press('ArrowRight')
  await expect(page.getByRole('tooltip')).toContainText('show these pairs')
  await page.keyboard.press('Enter')
  const dialog = page.getByRole('dialog', { name: /^Pairs: C1: column 2 is G in the sum and K in the donor/ })
  await expect(dialog).toContainText(/\d+ pairs of the first 1000, 20 of them here; \d+ follow\./)
  const row = dialog.getByRole('row').nth(1)
  const [, a, b] = /(\d{4})\+(\d{4})=/.exec((await row.textContent())!)!
  await row.getByRole('button', { name: /^Use .* with its donor$/ }).click()
  await expect(dialog).toBeHidden()
  const typed = page.getByRole('group', { name: 'A + B', exact: true })
  await expect.poll(() => digitsOf(typed)).toBe(`${a}${b}`)
})

test('a transplant is followed through pieces of the last layer, for the pair and over many donors', async ({
  carryscope: { page },
}) => {
  await openLab(page)
  await page.keyboard.press('Alt+3')
  await expect(verdict(page)).toContainText('C2 follows the donor’s carry')
  await expect.poll(() => shareOf(page, 'C2', 'differs', 1), { timeout: 60_000 }).toBe(1)
  const through = page.getByRole('combobox', { name: 'through' })
  await through.selectOption('direct of layer 1 only')
  await expect(verdict(page)).toContainText('Through direct alone: C2 keeps its own')
  await expect.poll(() => shareOf(page, 'C2', 'differs', 1), { timeout: 60_000 }).toBe(0)
  await through.selectOption('pattern+v of layer 1 only')
  await expect(verdict(page)).toContainText('Through pattern+v alone: C2 follows the donor’s carry')
})

test('a head that is open in Explore is moved to the bench from a position', async ({ carryscope: { page } }) => {
  await page.getByRole('button', { name: 'H0.1: attention' }).click()
  await page.getByRole('combobox', { name: 'H0.1: position' }).selectOption('B3')
  await page.getByRole('button', { name: 'Move to the bench' }).click()
  await expect(page.getByRole('main', { name: 'Carry lab' })).toBeVisible()
  await expect(page.getByRole('button', { name: 'Remove H0.1@B3' })).toBeVisible()
})

test('letters draw donors and swap, digits in a donor’s cell are the donor’s, and a donor like the sum is told of', async ({
  carryscope: { page },
}) => {
  await openLab(page)
  const digits = (of: string) => digitsOf(page.getByRole('group', { name: of, exact: true }))
  const sum = await digits('A + B')
  const first = await digits('Donor A + B')
  await page.keyboard.press('d')
  await expect.poll(() => digits('Donor A + B')).not.toBe(first)
  const drawn = await digits('Donor A + B')
  await page.keyboard.press('x')
  await expect.poll(async () => [await digits('A + B'), await digits('Donor A + B')]).toEqual([drawn, sum])
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
