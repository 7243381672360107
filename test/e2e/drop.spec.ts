import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Page } from '@playwright/test'
import { expect, test } from '../support/carryscope'
import { root } from '../support/installed'
import { digitsOf, typeSum } from '../support/sum-bar'

/** Lets a file go over the middle of the window, as at the end of a drag from the system's files. */
function drop(page: Page, name: string, bytes: Buffer): Promise<void> {
  return page.evaluate(
    ([fileName, base64]) => {
      const content = Uint8Array.from(atob(base64), (character) => character.charCodeAt(0))
      const dataTransfer = new DataTransfer()
      dataTransfer.items.add(new File([content], fileName))
      const target = document.elementFromPoint(innerWidth / 2, innerHeight / 2) ?? document.body
      for (const type of ['dragenter', 'dragover', 'drop'])
        target.dispatchEvent(new DragEvent(type, { dataTransfer, bubbles: true, cancelable: true }))
    },
    [name, bytes.toString('base64')] as const,
  )
}

test('a model file that is dropped on the window is opened, and the sum stays', async ({ carryscope }) => {
  const { page } = carryscope
  await typeSum(page, '2968', '1606')
  await expect(page.getByText('✓ all 4 right')).toBeVisible()
  await drop(
    page,
    'early.safetensors',
    readFileSync(join(root, 'models/sum-4digit/checkpoints/step-000000.safetensors')),
  )
  await expect(page.getByText(/model early\.safetensors/)).toBeVisible()
  await expect(page.getByText(/✕ \d of 4 wrong/)).toBeVisible()
  await expect.poll(() => digitsOf(page)).toBe('29681606')
})

test('a dropped file that is no model is refused by name, and the model on screen is a click away', async ({
  carryscope,
}) => {
  const { page } = carryscope
  await typeSum(page, '2968', '1606')
  await page.getByRole('switch', { name: 'H0.2 Out' }).click()
  await drop(page, 'holiday.png', Buffer.from('no tensors'))
  await expect(page.getByRole('alert')).toContainText('holiday.png')
  await page.getByRole('button', { name: 'Back to sum-4digit' }).click()
  await expect(page.getByRole('switch', { name: /^H0\.2 Out, mean/ })).not.toBeChecked()
  await expect(page.getByText(/✕ \d of 4 wrong/)).toBeVisible()
})

test('a dropped deck is shown where decks are edited, and so is why one is none', async ({ carryscope: { page } }) => {
  await page.getByRole('switch', { name: 'H0.2 Out' }).waitFor()
  await drop(page, 'notes.deck.json', readFileSync(join(root, 'resources/decks/the-notebook-in-ten-minutes.deck.json')))
  const title = page.getByRole('textbox', { name: 'Title of the deck' })
  await expect(title).toHaveValue('The notebook in ten minutes')
  await expect(title).toBeVisible()
  await page.keyboard.press('Alt+e')
  await drop(page, 'broken.deck.json', Buffer.from('{'))
  await expect(
    page.getByText('broken.deck.json is not a deck: it is not JSON; choose a file that Carryscope saved.'),
  ).toBeVisible()
  await expect(title).toHaveValue('The notebook in ten minutes')
})
