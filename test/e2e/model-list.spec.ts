import { cpSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { askForModel, expect, test } from '../support/carryscope'
import { root } from '../support/installed'

test('models are chosen from a list by keyboard, and a recent one that is gone says so', async ({ start }) => {
  const folder = mkdtempSync(join(tmpdir(), 'carryscope-list-'))
  try {
    const copy = join(folder, 'a-copy')
    cpSync(join(root, 'models/sum-3digit-mlp'), copy, { recursive: true })
    const { page } = await start('--model', copy)
    await expect(page.getByText(/model a-copy/)).toBeVisible()
    await askForModel(page)
    const models = page.getByRole('toolbar', { name: 'Models to choose from' })
    const bundled = models.getByRole('button', { name: /^sum-3digit-mlp/ })
    const facts = '159 KiB · 3 digits, answers of 4, first digits 0 to 9 · 100.0 % of 200 sums right'
    await expect(bundled).toContainText(facts)
    rmSync(copy, { recursive: true })
    await bundled.focus()
    await page.keyboard.press('ArrowDown')
    await expect(models.getByRole('button', { name: /^sum-4digit/ })).toBeFocused()
    await page.keyboard.press('Enter')
    await expect(page.getByText(/model sum-4digit/)).toBeVisible()
    await askForModel(page)
    const gone = models.getByRole('button', { name: /^a-copy/ })
    await expect(gone).toContainText('There is no model at')
    await gone.press('Enter')
    await expect(page.getByRole('alert')).toContainText('There is no model at')
    await page.getByRole('button', { name: 'Back to sum-4digit' }).press('Enter')
    await expect(page.getByText(/model sum-4digit/)).toBeVisible()
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
})
