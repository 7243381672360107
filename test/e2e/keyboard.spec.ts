import type { Page } from '@playwright/test'
import { expect, test } from '../support/carryscope'
import { isFocused, pressUntilFocused } from '../support/keyboard'
import { digitsOf, typeSum } from '../support/sum-bar'

// Nothing here touches the mouse, and no element is given the focus but by a key.

const right = (page: Page) => page.getByText('✓ all 4 right')
const wrong = (page: Page) => page.getByText(/✕ \d of 4 wrong/)
const active = (page: Page, count: number) => page.getByText(`${count} active`, { exact: true })

test.beforeEach(async ({ carryscope }) => {
  await expect(right(carryscope.page)).toBeVisible()
})

test('a sum is typed, stepped, erased and picked', async ({ carryscope: { page } }) => {
  await page.keyboard.type('1234')
  await page.keyboard.type('4321')
  await expect.poll(() => digitsOf(page)).toBe('12344321')
  await pressUntilFocused(page, 'Tab', page.getByRole('spinbutton', { name: 'A0' }))
  await page.keyboard.press('ArrowUp')
  await expect.poll(() => digitsOf(page)).toBe('22344321')
  await page.keyboard.press('ArrowRight')
  await page.keyboard.press('Delete')
  await expect(page.getByText('One digit is missing: type it in.')).toBeVisible()
  await page.keyboard.press('5')
  await expect.poll(() => digitsOf(page)).toBe('25344321')
  for (const letter of ['r', 'c', 'h']) {
    const before = await digitsOf(page)
    await page.keyboard.press(letter)
    await expect.poll(() => digitsOf(page)).not.toBe(before)
  }
  await expect(right(page)).toBeVisible()
})

test('heads are cut, whole again, previewed and opened', async ({ carryscope: { page } }) => {
  await typeSum(page, '2968', '1606')
  const name = page.getByRole('button', { name: 'H0.0: attention' })
  await pressUntilFocused(page, 'Tab', name)
  await pressUntilFocused(page, 'ArrowRight', page.getByRole('button', { name: 'H0.2: attention' }))
  await page.keyboard.press('Enter')
  await expect(page.getByRole('region', { name: 'H0.2, attention' })).toBeVisible()
  await page.keyboard.press('Escape')
  await expect(page.getByRole('region', { name: 'H0.2, attention' })).toBeHidden()
  const output = page.getByRole('switch', { name: 'H0.2 Out' })
  await page.keyboard.press('ArrowDown')
  await pressUntilFocused(page, 'ArrowRight', output)
  await page.keyboard.press('Space')
  await expect(wrong(page)).toBeVisible()
  await expect(active(page, 1)).toBeVisible()
  await page.keyboard.down('a')
  await expect(right(page)).toBeVisible()
  await page.keyboard.up('a')
  await expect(wrong(page)).toBeVisible()
  await page.keyboard.down('d')
  await expect(page.getByRole('radiogroup', { name: 'Scale' }).getByRole('radio', { name: 'Δ' })).toBeVisible()
  await page.keyboard.up('d')

  await page.keyboard.press('Control+z')
  await expect(right(page)).toBeVisible()
  await page.keyboard.press('Control+Shift+z')
  await expect(wrong(page)).toBeVisible()
  await pressUntilFocused(
    page,
    'Tab',
    page.getByRole('listitem').filter({ hasText: 'H0.2 Out' }).locator('[data-item]').first(),
  )
  await page.keyboard.press('Delete')
  await expect(active(page, 0)).toBeVisible()
  await expect(right(page)).toBeVisible()
})

test('the next cut is set up, and a preset applied', async ({ carryscope: { page } }) => {
  await typeSum(page, '2968', '1606')
  const mean = page.getByRole('radio', { name: 'μ Mean' })
  await pressUntilFocused(page, 'Tab', mean)
  await page.keyboard.press('ArrowLeft')
  await expect(page.getByRole('radio', { name: '0 Zero' })).toBeChecked()
  const positions = page.getByRole('group', { name: 'Positions' })
  await pressUntilFocused(page, 'Tab', positions.getByRole('button', { name: 'All 14' }))
  await pressUntilFocused(page, 'ArrowRight', positions.getByRole('button', { name: 'C1 · p11, predicts C2' }))
  await page.keyboard.press('Space')
  await pressUntilFocused(page, 'Tab', page.getByRole('button', { name: 'All L0 Q' }))
  await page.keyboard.press('Enter')
  await expect(active(page, 3)).toBeVisible()
  await expect(page.getByRole('switch', { name: /^H0\.1 Q, zero/ })).not.toBeChecked()
  await pressUntilFocused(page, 'Tab', page.getByRole('button', { name: 'Clear' }))
  await page.keyboard.press('Enter')
  await expect(active(page, 0)).toBeVisible()
})

test('what is looked at: the focus digit, a palette, the parts of a chart, A and B', async ({
  carryscope: { page },
}) => {
  await page.keyboard.press('Alt+3')
  await expect(page.getByRole('region', { name: 'Clock face, C2' })).toBeVisible()
  await pressUntilFocused(page, 'Tab', page.getByRole('radio', { name: 'Simple' }))
  await page.keyboard.press('ArrowRight')
  await expect(page.getByRole('radio', { name: 'Paths' })).toBeChecked()
  const picture = page.getByRole('img', { name: /^Logit attribution/ })
  await pressUntilFocused(page, 'Tab', picture)
  await page.keyboard.press('ArrowDown')
  await expect(page.getByRole('tooltip').or(page.locator('.tooltip'))).toBeVisible()
  await page.keyboard.press('Escape')

  await pressUntilFocused(page, 'Shift+Tab', page.getByRole('button', { name: 'View', exact: true }))
  await page.keyboard.press('Enter')
  await pressUntilFocused(page, 'ArrowDown', page.getByRole('menuitem', { name: 'Dark', exact: true }))
  await page.keyboard.press('Enter')
  await expect(page.locator('html')).toHaveAttribute('data-theme', 'dark')
})

test('search, the sheet, pins and the Stage', async ({ carryscope: { page } }) => {
  await page.keyboard.press('?')
  await expect(page.getByRole('dialog', { name: 'Keyboard' })).toBeVisible()
  await page.keyboard.press('Escape')
  const search = async (text: string) => {
    await page.keyboard.press('Control+k')
    await page.keyboard.type(text)
    await page.keyboard.press('Enter')
    await expect(page.getByRole('dialog', { name: 'Search' })).toBeHidden()
  }
  await search('2968+1606')
  await expect.poll(() => digitsOf(page)).toBe('29681606')
  await search('pin as a')
  await search('flip l0h2 out')
  await expect(wrong(page)).toBeVisible()
  await search('pin as b')
  await search('compare with a')
  await expect(page.getByRole('radio', { name: 'A pinned' })).toBeVisible()
  await search('history')
  const pins = page.getByRole('dialog', { name: 'History and pins' })
  await expect(pins.getByRole('textbox', { name: 'Name of B' })).toHaveValue(/H0\.2/)
  await page.keyboard.press('Escape')
  await expect(pins).toBeHidden()

  await search('csv')
  await expect(page.getByRole('menuitem', { name: 'Save as CSV', exact: true })).toBeVisible()
  await page.keyboard.press('Escape')
  await expect(page.getByRole('menuitem', { name: 'Save as CSV', exact: true })).toBeHidden()

  await page.keyboard.press('Alt+s')
  await expect(page.getByText('4 of 6')).toBeVisible()
  await expect(page.getByRole('region', { name: /^Clock face/ })).toBeVisible()
  await page.keyboard.press(']')
  await expect(page.getByText('5 of 6')).toBeVisible()
  await expect(page.getByRole('region', { name: 'Carry classes' })).toBeVisible()
  const firstTab = page.getByRole('spinbutton', { name: 'A0' })
  await pressUntilFocused(page, 'Tab', firstTab)
  expect(await isFocused(firstTab)).toBe(true)
  await page.keyboard.press('3')
  await expect.poll(() => digitsOf(page)).toBe('39681606')
  await page.keyboard.press('Alt+s')
  await expect(page.getByRole('navigation', { name: 'Workspaces' })).toBeVisible()
})

test('other keyboards: an AZERTY row without Shift types digits, Cyrillic letters are shortcuts', async ({
  carryscope: { page },
}) => {
  /** A key as the browser tells it from a keyboard that this machine does not have. */
  const press = (code: string, key: string, modifiers: { altKey?: boolean; ctrlKey?: boolean } = {}) =>
    page.evaluate(
      (init) => document.body.dispatchEvent(new KeyboardEvent('keydown', { ...init, bubbles: true, cancelable: true })),
      { code, key, ...modifiers },
    )
  const row: readonly (readonly [code: string, key: string])[] = [
    ['Digit2', 'é'],
    ['Digit9', 'ç'],
    ['Digit6', '-'],
    ['Digit8', '_'],
  ]
  for (const [code, key] of row) await press(code, key)
  await press('Numpad1', '1')
  await expect.poll(async () => (await digitsOf(page)).slice(0, 5)).toBe('29681')
  await press('Digit3', '"', { altKey: true })
  await expect(page.getByRole('region', { name: 'Clock face, C2' })).toBeVisible()
  await press('KeyK', 'л', { ctrlKey: true })
  await expect(page.getByRole('dialog', { name: 'Search' })).toBeVisible()
})

test('Esc closes whatever is open, and gives the focus back', async ({ carryscope: { page } }) => {
  for (const [opener, inside] of [
    ['View', page.getByRole('menuitem', { name: 'Dark', exact: true })],
    ['1000 sums, seed 42 ▾', page.getByRole('dialog', { name: 'Sums to sweep over' })],
    ['Predictions: more', page.getByRole('menuitem', { name: 'Copy TransformerLens code' })],
  ] as const) {
    const button = page.getByRole('button', { name: opener, exact: true })
    await pressUntilFocused(page, 'Tab', button)
    await page.keyboard.press('Enter')
    await expect(inside).toBeVisible()
    await page.keyboard.press('Escape')
    await expect(inside).toBeHidden()
    await expect(button).toBeFocused()
  }
})
