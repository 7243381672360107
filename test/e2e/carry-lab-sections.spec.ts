import type { Page } from '@playwright/test'
import { expect, test } from '../support/carryscope'

const panel = (page: Page, name: string) =>
  page.getByRole('main', { name: 'Carry lab' }).getByRole('region', { name, exact: true })
const picture = (page: Page, name: string) => panel(page, name).getByRole('img').first()

async function openSection(page: Page, steps: number) {
  await page.getByRole('switch', { name: 'H0.2 Out' }).waitFor()
  await page.keyboard.press('Alt+l')
  await expect(page.getByRole('radio', { name: 'Bench' })).toBeChecked()
  for (let step = 0; step < steps; step++) await page.keyboard.press(']')
}

test('by keyboard alone: what a head is worth, its lines, and a subset taken to Explore', async ({
  carryscope: { page },
}) => {
  await openSection(page, 6)
  await expect(page.getByRole('radio', { name: 'Heads together' })).toBeChecked()
  const bars = picture(page, 'What each head is worth')
  await expect(bars).toBeVisible()
  await bars.focus()
  await page.keyboard.press('ArrowDown')
  await page.keyboard.press('ArrowDown')
  const tooltip = page.getByRole('tooltip')
  await expect(tooltip).toContainText('Shapley value')
  const head = (await tooltip.textContent())!.match(/H\d\.\d/)![0]
  await page.keyboard.press('Enter')
  await expect(panel(page, 'All ways to ablate').getByRole('combobox')).toHaveValue(head)
  // The first node is the clean run; to its right stands one of a single head.
  await picture(page, 'All ways to ablate').focus()
  await page.keyboard.press('ArrowDown')
  await page.keyboard.press('ArrowRight')
  const ablated = (await tooltip.textContent())!.match(/^\s*(H\d\.\d)/)![1]!
  await page.keyboard.press('Enter')
  await expect(page.getByRole('switch', { name: `${ablated} Out` })).not.toBeChecked()
})

test('a digit typed marks this sum anew in needles, and what nothing reads says why', async ({
  carryscope: { page },
}) => {
  await openSection(page, 1)
  const needles = picture(page, 'Needles')
  await needles.focus()
  await page.keyboard.press('ArrowDown')
  const tooltip = page.getByRole('tooltip')
  await expect(tooltip).toContainText('area under the curve')
  await expect(tooltip).toContainText('95 % interval')
  await expect(tooltip).toContainText(/read/)
  await expect(tooltip).toContainText('this sum, clean')
})

test('column classes slice the statistics by keyboard; a class of no sums is a sentence', async ({
  carryscope: { page },
}) => {
  await openSection(page, 1)
  const filter = page.getByRole('main', { name: 'Carry lab' }).getByRole('group', { name: 'Only sums like' })
  await expect(filter).toContainText('1000 of 1000 sums')
  await filter.getByRole('button', { name: 'Column 3: any class' }).focus()
  await page.keyboard.press('Enter')
  await expect(filter.getByRole('button', { name: 'Column 3: generate, 10 or more' })).toBeFocused()
  await expect(filter).not.toContainText('1000 of 1000')
  const count = /(\d+) of 1000 sums/.exec((await filter.textContent())!)![1]!
  await expect(panel(page, 'Needles').first()).toContainText(`Of ${count} sums`)
  await filter.getByRole('button', { name: 'Column 0: any class' }).click()
  await expect(panel(page, 'Needles').first()).toContainText('No sum matches G**G: leading digits are below 5.')
  await page.keyboard.press('Control+z')
  await expect(panel(page, 'Needles').first()).toContainText(`Of ${count} sums`)
})

test('a cell of the probe map opens its probe, beside what W_U reads there', async ({ carryscope: { page } }) => {
  await openSection(page, 5)
  const map = picture(page, 'Probe map')
  await map.focus()
  await page.keyboard.press('ArrowDown')
  await page.keyboard.press('Enter')
  const one = panel(page, 'One probe')
  await expect(one.getByRole('combobox', { name: 'Probe: hook' })).toHaveValue('blocks.0.hook_resid_pre')
  await expect(one).toContainText(/by chance/)
  await one.getByRole('combobox', { name: 'Probe: hook' }).selectOption('blocks.1.hook_resid_post')
  await one.getByRole('combobox', { name: 'Probe: position' }).selectOption('=')
  await one.getByRole('combobox', { name: 'Probe: target' }).selectOption('digit:C0')
  await expect(one).toContainText(/W_U read [\d.]+ % there/)
})
