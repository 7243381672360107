import { expect, type Locator, type Page } from '@playwright/test'

/** Types both operands, digit by digit, and sees each arrive in its cell. */
export async function typeSum(page: Page, a: string, b: string): Promise<void> {
  const cells = Array.from(a + b, (digit, index) => ({
    digit,
    cell: page.getByRole('spinbutton', { name: `${index < a.length ? 'A' : 'B'}${index % a.length}` }),
  }))
  await cells[0]?.cell.focus()
  for (const { digit, cell } of cells) {
    await page.keyboard.press(digit)
    await expect(cell).toHaveText(digit)
  }
}

/** The marks of wrong digits in one column of the answer table: none, the clean run's, the intervened run's. */
export function wrongMarks(page: Page, digit: number): Locator {
  const column = page.getByRole('button', { name: new RegExp(`^C${digit}, predicted`) }).locator('..')
  return column.getByRole('img', { name: 'wrong' })
}

/** All digits of the sum on screen, or of the one in a part of it, in a row. They are drawn with the answer to a key, up to a frame after it: to be polled. */
export async function digitsOf(within: Page | Locator): Promise<string> {
  return (await within.getByRole('spinbutton').allTextContents()).join('')
}
