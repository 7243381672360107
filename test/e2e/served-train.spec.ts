import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, test } from '../support/carryscope'

// Only a browser's page is reloaded.

const scratch = mkdtempSync(join(tmpdir(), 'carryscope-runs-'))
test.afterAll(() => {
  rmSync(scratch, { recursive: true })
})

test('a run goes on without its page; when everything is killed the next page finds it where it was', async ({
  start,
}) => {
  const first = await start()
  const { page } = first
  await page.getByRole('switch', { name: 'H0.2 Out' }).waitFor()
  await page.keyboard.press('Alt+r')
  const train = page.getByRole('main', { name: 'Train' })
  await expect(train.getByRole('status').filter({ hasText: 'finished' })).toBeVisible()
  await train.getByRole('button', { name: 'Start a run…' }).click()
  const sheet = page.getByRole('dialog', { name: 'Start a run' })
  await sheet.getByLabel('New folder for it').fill(join(scratch, 'long'))
  await sheet.getByRole('button', { name: 'Start', exact: true }).click()
  const state = train.getByRole('status').filter({ hasText: 'of 31,500 steps' })
  await expect(state).toContainText('long')
  await expect(page.getByText('Saved', { exact: true })).toBeVisible()
  await page.reload()
  await expect(state).toContainText('long')
  await expect(state).toContainText(/left/)
  await expect(train.getByRole('option', { name: /^step 10(,|$)/ })).toBeVisible()
  await first.kill()

  const { page: again } = await start()
  const found = again.getByRole('main', { name: 'Train' })
  const kept = found.getByRole('status').filter({ hasText: 'of 31,500 steps' })
  await expect(kept).toContainText(/^long *stopped at [1-9]/)
  await found.getByRole('button', { name: /^Resume/ }).click()
  await expect(kept).toContainText(/left/)
  await found.getByRole('button', { name: 'Stop' }).click()
  await expect(kept).toContainText('stopped at')
})
