import { execFileSync } from 'node:child_process'
import type { Page } from '@playwright/test'
import { expect, test } from '../support/carryscope'
import { randomModelFolder } from '../support/model-folder'

const model = randomModelFolder({ numDigits: 3, n_layers: 2, n_heads: 2, d_model: 8, d_head: 4 })
test.afterAll(() => {
  model.remove()
})

const total = '250,000'
const wrongText = (page: Page) => page.getByText(/^✕ [\d,]+ wrong$/).textContent()

/** The processes that evaluate. */
function evaluating(): number[] {
  const listing = execFileSync('ps', ['-eo', 'pid=,args='], { encoding: 'utf8' })
  const own = `${process.cwd()}/out/main/job.js`
  return listing
    .split('\n')
    .filter((line) => line.includes(own))
    .map((line) => Number.parseInt(line, 10))
}

test('every sum is evaluated, through pauses and kills, kept over a restart, and opens in Explore', async ({
  start,
  host,
}) => {
  const first = await start()
  await first.openModel(model.path)
  await first.page.getByRole('switch', { name: 'H0.1 Out' }).waitFor()
  await first.page.keyboard.press('Alt+x')
  const { page } = first
  await expect(page.getByRole('main', { name: 'Failures' })).toBeVisible()
  // Killed under way, again and again; what a desktop's processes are called does not tell them apart.
  if (host === 'served')
    for (const pid of evaluating()) {
      try {
        process.kill(pid, 'SIGKILL')
      } catch {
        // It was done.
      }
    }
  await page.keyboard.press('p')
  await page.keyboard.press('p')
  await expect(page.getByText(/^done, /)).toBeVisible({ timeout: 100_000 })
  await expect(page.getByText(`of ${total} sums`).first()).toBeVisible()
  const wrong = await wrongText(page)
  await expect(page.getByText('Saved', { exact: true })).toBeVisible()
  await first.kill()

  // `serve` begins with its own model, whose sums are not taken for this one's.
  const second = await start()
  const { page: again } = second
  if (host === 'served') await second.openModel(model.path)
  await again.getByText(/model carryscope-model/).waitFor()
  await expect(again.getByRole('main', { name: 'Failures' })).toBeVisible()
  await expect(again.getByText(/^done, /)).toBeVisible()
  expect(await wrongText(again)).toBe(wrong)
  await again
    .getByRole('button', { name: /^Open .* in Explore$/ })
    .first()
    .click()
  await expect(again.getByRole('switch', { name: 'H0.1 Out' })).toBeVisible()

  // The tour's claims about every sum are settled by what is kept.
  await again.keyboard.press('Alt+t')
  const claims = again.getByRole('list', { name: 'Claims' }).getByRole('listitem')
  await expect(claims.filter({ hasText: 'It adds every sum there is.' })).toContainText(
    `✕ refuted ${/[\d,]+/.exec(wrong!)![0]}`,
    { timeout: 60_000 },
  )
})
