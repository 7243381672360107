import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Page } from '@playwright/test'
import { expect, test } from '../support/carryscope'
import { root } from '../support/installed'

const right = '3 digits, answers of 4, first digits 0 to 9'

/** The model with MLPs and answers of four digits, in a folder whose `config.json` says another order of the answer. */
function misread(): { path: string; remove: () => void } {
  const folder = mkdtempSync(join(tmpdir(), 'carryscope-layout-'))
  const path = join(folder, 'turned')
  cpSync(join(root, 'models/sum-3digit-mlp'), path, { recursive: true })
  const file = join(path, 'config.json')
  const config = readFileSync(file, 'utf8').replace('mostSignificantFirst', 'leastSignificantFirst')
  writeFileSync(file, config)
  return {
    path,
    remove: () => {
      rmSync(folder, { recursive: true })
    },
  }
}

/** Opens the dialog of the layout by keys alone, and returns it. */
async function layoutDialog(page: Page) {
  await page.keyboard.press('Control+k')
  await page.keyboard.type('how sums are written')
  await page.keyboard.press('Enter')
  const dialog = page.getByRole('dialog', { name: 'How sums are written' })
  await expect(dialog).toBeVisible()
  return dialog
}

test('a model that is read wrongly says so, and the better layout is taken and kept', async ({ start }) => {
  const model = misread()
  try {
    const first = await start('--model', model.path)
    const alert = first.page.getByRole('alert')
    await expect(alert).toContainText(`It adds best (0.00) as ${right}.`)
    await alert.getByRole('button', { name: 'Take the better layout' }).press('Enter')
    await expect(alert).toHaveCount(0)
    await expect((await layoutDialog(first.page)).getByText(right, { exact: true })).toBeVisible()
    await first.page.keyboard.press('Escape')
    await expect(first.page.getByText('Saved', { exact: true })).toBeVisible()
    await first.close()
    const second = await start('--model', model.path)
    await expect(second.page.getByRole('switch', { name: 'H0.0 Q' })).toBeVisible()
    await expect(second.page.getByRole('alert')).toHaveCount(0)
    const dialog = await layoutDialog(second.page)
    await expect(dialog.getByText(right, { exact: true })).toBeVisible()
    await dialog.getByRole('button', { name: 'As its files say' }).press('Enter')
    await expect(second.page.getByRole('alert')).toContainText('worse than chance')
  } finally {
    model.remove()
  }
})

test('a layout is chosen by keyboard, and one that cannot be is refused in the dialog', async ({ start }) => {
  const { page } = await start('--model', join(root, 'models/sum-3digit-mlp'))
  await expect(page.getByRole('switch', { name: 'H0.0 Q' })).toBeVisible()
  const dialog = await layoutDialog(page)
  await dialog.getByLabel('Digits of each operand').selectOption('8')
  await dialog.getByRole('button', { name: 'Use this layout' }).press('Enter')
  await expect(dialog.getByRole('alert')).toContainText('sums of its layout have 27 tokens')
  await dialog.getByLabel('Digits of each operand').selectOption('3')
  await dialog.getByLabel('First digit of each operand').selectOption('4')
  await dialog.getByRole('button', { name: 'Use this layout' }).press('Enter')
  await expect(dialog).toHaveCount(0)
  await expect((await layoutDialog(page)).getByText('3 digits, answers of 4', { exact: true })).toBeVisible()
})

test('every switch of a circuit with MLPs is in view, on a laptop and on the Stage', async ({ start }) => {
  const { page } = await start('--model', join(root, 'models/sum-3digit-mlp'))
  await page.setViewportSize({ width: 1440, height: 900 })
  const last = page.getByRole('switch', { name: 'MLP1 Out' })
  await expect(last).toBeInViewport({ ratio: 1 })
  await page.keyboard.press('Alt+s')
  await expect(last).toBeInViewport({ ratio: 1 })
})
