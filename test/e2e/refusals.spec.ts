import { truncateSync, copyFileSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, test } from '../support/carryscope'
import { typeSum } from '../support/sum-bar'

let folder = ''
test.beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'carryscope-refused-'))
})
test.afterEach(() => {
  rmSync(folder, { recursive: true, force: true })
})

test('a model that is none is refused in a sentence, and another can be opened', async ({ carryscope, checkpoint }) => {
  const { page } = carryscope
  const refusal = page.getByRole('alert')
  await carryscope.openModel(join(folder, 'gone.pt'))
  await expect(refusal).toContainText('gone.pt')
  await expect(refusal).toContainText(/\.$/)

  const half = join(folder, 'half.pt')
  copyFileSync(checkpoint, half)
  truncateSync(half, 20_000)
  await carryscope.openModel(half)
  await expect(refusal).toContainText('half.pt')

  const text = join(folder, 'text.safetensors')
  writeFileSync(text, 'These are no tensors.')
  await carryscope.openModel(text)
  await expect(refusal).toContainText('text.safetensors')

  await carryscope.openModel(checkpoint)
  await expect(page.getByRole('switch', { name: 'H0.0 Q' })).toBeVisible()
})

test('an impossible sum says why and keeps the last answer', async ({ carryscope, checkpoint }) => {
  const { page } = carryscope
  await carryscope.openModel(checkpoint)
  await typeSum(page, '2968', '1606')
  await expect(page.getByText('✓ all 4 right')).toBeVisible()

  await page.getByRole('spinbutton', { name: 'A0' }).focus()
  await page.keyboard.press('7')
  await expect(page.getByText(/A0 is 7: type 0 to 4/)).toBeVisible()
  await expect(page.getByText('✓ all 4 right')).toBeVisible()

  await page.getByRole('spinbutton', { name: 'A0' }).focus()
  await page.keyboard.press('Delete')
  await expect(page.getByText('One digit is missing: type it in.')).toBeVisible()
  await page.keyboard.press('2')
  await expect(page.getByText('One digit is missing')).toBeHidden()
})
