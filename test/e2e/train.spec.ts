import { execFileSync } from 'node:child_process'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, test } from '../support/carryscope'

const scratch = mkdtempSync(join(tmpdir(), 'carryscope-runs-'))
test.afterAll(() => {
  rmSync(scratch, { recursive: true })
})

/** The processes that train, where they can be told apart: what a desktop's processes are called does not. */
function training(): number[] {
  const listing = execFileSync('ps', ['-eo', 'pid=,args='], { encoding: 'utf8' })
  const own = `${process.cwd()}/out/main/trainer.js`
  return listing
    .split('\n')
    .filter((line) => line.includes(own))
    .map((line) => Number.parseInt(line, 10))
}

test('a run is begun, held, killed, gone on with and watched until nothing is wrong', async ({
  carryscope: { page },
  host,
}) => {
  await page.getByRole('switch', { name: 'H0.2 Out' }).waitFor()
  await page.keyboard.press('Alt+r')
  const train = page.getByRole('main', { name: 'Train' })
  await expect(train.getByRole('status').filter({ hasText: 'finished: 31,500 of 31,500 steps' })).toBeVisible()

  await train.getByRole('button', { name: 'Start a run…' }).click()
  const sheet = page.getByRole('dialog', { name: 'Start a run' })
  // As the bundled model of three digits, but smaller: MLPs, first digits up to 9, and a digit more in the answer.
  const numbers = {
    Steps: '600',
    'Sums in a batch': '64',
    'Highest learning rate': '0.01',
    'Heads in each': '2',
    'Width, d_model': '16',
    'Width of a head, d_head': '8',
    'Neurons of each MLP': '32',
  }
  for (const [label, value] of Object.entries(numbers)) await sheet.getByLabel(label, { exact: true }).fill(value)
  await sheet.getByLabel('Layers').fill('many')
  await sheet.getByText('How its sums are written').click()
  await sheet.getByLabel('Digits of each operand').selectOption('1')
  await sheet.getByLabel('Digits of the answer').selectOption('2')
  await sheet.getByLabel('First digit of each operand').selectOption('9')
  await sheet.getByLabel('New folder for it').fill(join(scratch, 'tiny'))
  await sheet.getByRole('button', { name: 'Start', exact: true }).click()
  await expect(sheet.getByRole('alert')).toHaveText(/^Layers is "many", but it must be a whole number/)
  await sheet.getByLabel('Layers').fill('2')
  await sheet.getByRole('button', { name: 'Start', exact: true }).click()
  await expect(sheet).toBeHidden()

  const state = train.getByRole('status').filter({ hasText: 'of 600 steps' })
  await expect(state).toContainText('tiny')
  if (host === 'served') for (const pid of training()) process.kill(pid, 'SIGKILL')
  await page.keyboard.press('p')
  await expect(train.getByRole('button', { name: /^Resume/ })).toBeEnabled()
  await page.keyboard.press('p')
  await expect(state).toContainText('finished: 600 of 600 steps', { timeout: 60_000 })
  const wrong = train.getByRole('img', { name: /^Wrong sums/ })
  await wrong.focus()
  const last = train.getByRole('table', { name: 'Wrong sums' }).getByRole('row').last()
  await expect(last).toContainText(/^600 *(0 *)+$/)
  // By every sum there is, too, of the model that it led to.
  await page.keyboard.press('End')
  await page.keyboard.press('Alt+x')
  await expect(page.getByText('Nothing wrong in 100 sums.')).toBeVisible()
})

test('every workspace follows the film, and leads back', async ({ carryscope: { page }, host }) => {
  await page.getByRole('switch', { name: 'H0.2 Out' }).waitFor()
  await page.keyboard.press('r')
  await page.keyboard.press('Alt+r')
  const train = page.getByRole('main', { name: 'Train' })
  const film = train.getByRole('listbox', { name: 'Checkpoints' })
  await film.getByRole('option', { name: 'step 200', exact: true }).click()
  await expect(train.getByText('A: step 200').first()).toBeVisible()
  await page.keyboard.press('.')
  await expect(film.getByRole('option', { selected: true })).toHaveAccessibleName('step 500')

  await page.keyboard.press('Alt+e')
  const status = page.getByRole('contentinfo')
  await expect(status).toContainText('at step 500')
  await expect(status).toContainText('model step-000500.safetensors')
  await expect(page.getByRole('button', { name: /Undo/ })).toBeEnabled()
  await page.keyboard.press(',')
  for (const workspace of ['Weights', 'Dataset', 'Carry lab', 'Failures', 'Tour', 'Decks', 'Explore']) {
    await page.getByRole('button', { name: workspace, exact: true }).click()
    await expect(page.locator('[aria-current="page"]')).toHaveText(workspace)
    await expect(status).toContainText('at step 200')
    await expect(status).toContainText('model step-000200.safetensors')
  }
  // Only a browser hands a download to the test.
  if (host === 'served') {
    const download = page.waitForEvent('download')
    await page.getByRole('button', { name: 'Predictions: more' }).click()
    await page.getByRole('menuitem', { name: 'Save as JSON' }).click()
    expect((await download).suggestedFilename()).toMatch(/^predictions-.*-step-200\.json$/)
  }
  await page.getByRole('button', { name: 'Back to final' }).click()
  await expect(status).toContainText('model sum-4digit')

  await page.keyboard.press('Alt+r')
  await page.getByRole('button', { name: 'What B is' }).click()
  await page.getByRole('menuitem', { name: /sum-3digit-mlp$/ }).click()
  const other = page.getByRole('region', { name: 'B: sum-3digit-mlp' })
  await expect(other).toContainText('It writes its sums as 3 digits, answers of 4')
})
