import { readFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import type { Locator, Page } from '@playwright/test'
import { expect, test } from '../support/carryscope'
import { analyze } from '../support/command-line'
import { randomModelFolder } from '../support/model-folder'

const workspace = (page: Page) => page.getByRole('main', { name: 'Dataset' })
const figure = (page: Page, name: string) => workspace(page).getByRole('region', { name, exact: true }).first()
const picture = (panel: Locator) => panel.getByRole('img').first()

async function openDataset(page: Page) {
  await page.getByRole('navigation', { name: 'Workspaces' }).getByRole('button', { name: 'Dataset' }).click()
  await expect(workspace(page)).toBeVisible()
}

/** A file of the published data, which lie where the checkpoint lies. */
function besides(checkpoint: string, file: string): unknown {
  return JSON.parse(readFileSync(join(dirname(checkpoint), file), 'utf8'))
}

/** Brings a section into view and waits until its figures are answered. */
async function goTo(page: Page, section: string) {
  await page.getByRole('navigation', { name: 'Sections' }).getByRole('button', { name: section }).click()
  await atRest(page)
}

async function atRest(page: Page) {
  await page.waitForTimeout(500)
  // Sweeps have the lowest priority on the machine, so that a busy one lets them wait.
  await expect(page.locator('.workspace:not(.away) .dim')).toHaveCount(0, { timeout: 60_000 })
  // A figure whose numbers are still partial says in its header of how many sums they are.
  const partial = page.locator('.workspace:not(.away) .figure header').filter({ hasText: /\d of [\d,]+ sums/ })
  await expect(partial).toHaveCount(0, { timeout: 60_000 })
}

/** The rows of the table behind a figure, without its heading; numbers as numbers, which have five significant digits. */
async function rowsOf(panel: Locator): Promise<(string | number)[][]> {
  const texts = await panel
    .locator('tbody tr')
    .evaluateAll((rows) => rows.map((row) => Array.from(row.children, ({ textContent }) => textContent)))
  const numberIn = (cell: string) => {
    const value = cell === '' ? NaN : Number(cell.replaceAll('−', '-'))
    return Number.isNaN(value) ? cell : value
  }
  return texts.map(([name, ...cells]) => [name!, ...cells.map(numberIn)])
}

interface SavedTable {
  readonly traces: readonly [{ readonly z: readonly (readonly number[])[] }]
}
interface SavedBars {
  readonly traces: readonly {
    readonly name: string
    readonly y: readonly number[]
    readonly error_y: { readonly array: readonly number[] }
  }[]
}
type SavedLosses = Readonly<Record<'mean' | 'zero', Readonly<Record<string, readonly (readonly number[])[]>>>>

/** A saved table has sites for rows and heads for columns. */
function expectLosses(rows: (string | number)[][], saved: readonly (readonly number[])[]) {
  expect(rows.map(([head]) => head)).toEqual(['H0.0', 'H0.1', 'H0.2', 'H1.0', 'H1.1', 'H1.2'])
  for (const [head, row] of rows.entries())
    for (const [site, value] of row.slice(1).entries()) expect(value).toBeCloseTo(saved[site]![head]!, 3)
}

test('the tables of sums that carry and of sums that do not are the notebook’s', async ({ carryscope, checkpoint }) => {
  const { page } = carryscope
  await carryscope.openModel(checkpoint)
  await openDataset(page)
  await goTo(page, 'What it needs')
  const { traces } = besides(checkpoint, 'notebook/cell38_fig0.json') as SavedTable
  const saved = besides(checkpoint, 'ablations.json') as SavedLosses
  const carries = figure(page, 'Without Q, K or V: carries')
  const others = figure(page, 'Without Q, K or V: non-carries')
  // Partial results are on screen before the whole ones.
  await expect(async () => {
    expectLosses(await rowsOf(carries), traces[0].z)
    expectLosses(await rowsOf(others), saved.mean['qkv_noncarries']!)
  }).toPass({ timeout: 60_000 })

  await others.getByRole('radio', { name: 'zero' }).click()
  await expect(async () => {
    expectLosses(await rowsOf(carries), saved.zero['qkv_carries']!)
    expectLosses(await rowsOf(others), saved.zero['qkv_noncarries']!)
  }).toPass()
})

test('attention by carry is the command line’s, corrected, and the notebook’s as published', async ({
  carryscope,
  checkpoint,
}) => {
  const { page } = carryscope
  await carryscope.openModel(checkpoint)
  await openDataset(page)
  await goTo(page, 'Where the carry goes')
  const panel = figure(page, 'Last layer’s attention by carry')
  const from = async (digit: string, head: string, group: string) => {
    const rows = (await rowsOf(panel)).filter((row) => row.slice(0, 3).join() === [digit, head, group].join())
    return { mean: rows.map((row) => row[4]), std: rows.map((row) => row[5]) }
  }
  interface Attention {
    readonly mean: { readonly data: readonly number[]; readonly shape: readonly number[] }
  }
  const { mean } = analyze<Attention>('carry-attention', checkpoint)
  const [, digits, heads, keys] = mean.shape as [number, number, number, number]
  for (const [group, name] of ['carry in', 'none', 'all'].entries()) {
    // From C1, position 10, on H1.1.
    const start = ((group * digits + 1) * heads + 1) * keys
    const shown = (await from('C1', 'H1.1', name)).mean
    expect(shown).toHaveLength(11)
    shown.forEach((value, key) => expect(value).toBeCloseTo(mean.data[start + key]!, 4))
  }

  await panel.getByRole('radio', { name: 'As published' }).click()
  const { traces } = besides(checkpoint, 'notebook/cell40_fig2.json') as SavedBars
  await expect(async () => {
    for (const { name, y, error_y } of traces) {
      const { mean, std } = await from('C1', name, 'carry in')
      y.forEach((value, key) => expect(mean[key]).toBeCloseTo(value, 4))
      error_y.array.forEach((value, key) => expect(std[key]).toBeCloseTo(value, 4))
    }
  }).toPass()
})

test('a cell says what a click on it does, cuts there in Explore, and is undone', async ({
  carryscope,
  checkpoint,
  complaints,
}) => {
  const { page } = carryscope
  await carryscope.openModel(checkpoint)
  await openDataset(page)
  await goTo(page, 'What it needs')
  // By keyboard: below the column's name, the fourth head.
  await picture(figure(page, 'Without Q, K or V')).focus()
  for (const key of ['ArrowRight', 'ArrowDown', 'ArrowDown', 'ArrowDown', 'ArrowDown']) await page.keyboard.press(key)
  await expect(page.getByRole('tooltip')).toContainText('mean-ablate H1.0 Q in Explore')
  await page.keyboard.press('Enter')
  const query = page.getByRole('switch', { name: 'H1.0 Q' })
  await expect(query).not.toBeChecked()
  await page.keyboard.press('Control+z')
  await expect(query).toBeChecked()

  // By mouse.
  await openDataset(page)
  await picture(figure(page, 'Without a head at one position')).hover()
  const words = await page.getByRole('tooltip').textContent()
  const [, head, position] = /mean-ablate Out of (H\d\.\d) at (.+), in Explore/.exec(words ?? '') ?? []
  expect(head).toBeDefined()
  await picture(figure(page, 'Without a head at one position')).click()
  await expect(page.getByRole('button', { name: `Change ${head} Out, mean, ${position}` })).toBeVisible()

  // What is computed under it says so, and what is in force can be taken back here too.
  await openDataset(page)
  await goTo(page, 'How well it adds')
  await expect(figure(page, 'Statistics').getByText(`under ${head} Out μ`)).toBeVisible()
  await expect(figure(page, 'Statistics').getByRole('columnheader')).toHaveText(['clean', 'intervened'])
  await page.getByRole('button', { name: `Remove ${head} Out` }).click()
  await atRest(page)
  await expect(figure(page, 'Statistics').getByRole('columnheader')).toHaveText(['clean'])
  expect(complaints).toEqual([])
})

test('the sums are chosen here as in Explore, a row opens its sum, and an empty subset is one sentence', async ({
  carryscope,
  checkpoint,
}) => {
  const { page } = carryscope
  await carryscope.openModel(checkpoint)
  await openDataset(page)
  await page.getByRole('radiogroup', { name: 'Subset' }).getByRole('radio', { name: 'Non-carries' }).click()
  await atRest(page)
  await expect(figure(page, 'How often they carry')).toContainText('0 of 174 sums carry somewhere')
  await page.getByRole('button', { name: '1501+3261=4762' }).click()
  await expect(page.getByRole('spinbutton', { name: 'A0' })).toHaveText('1')
  await expect(page.getByRole('button', { name: '1000 sums, seed 42, non-carries' }).first()).toBeVisible()

  await openDataset(page)
  await workspace(page)
    .getByRole('button', { name: /1000 sums, seed 42/ })
    .click()
  const chooser = workspace(page).getByRole('dialog', { name: 'Sums to sweep over' })
  await chooser.getByRole('spinbutton', { name: 'Sums' }).fill('3')
  await chooser.getByRole('combobox', { name: 'Subset', exact: true }).fill('*PPP')
  await chooser.getByRole('button', { name: 'Use these sums' }).click()
  await expect(figure(page, 'Statistics').getByRole('alert')).toHaveText(
    /None of the 3 sums of this dataset is in the subset "\*PPP": choose another subset, more sums or another seed\./,
  )
})

test('columns sort the rows, and layouts follow a model of 3 layers, 4 heads and 3 digits', async ({
  start,
  complaints,
}) => {
  const model = randomModelFolder({ n_layers: 3, n_heads: 4, numDigits: 3, d_model: 16, d_head: 4 })
  const { page } = await start('--model', model.path)
  await openDataset(page)
  for (const [section, name] of [
    ['How well it adds', 'How sure it is of each digit'],
    ['What it needs', 'Without a head'],
    ['Where it looks', 'Attention over all sums'],
    ['What adds to the answer', 'What adds to the right digit'],
    ['Where the carry goes', 'Last layer’s attention by carry'],
  ] as const) {
    await goTo(page, section)
    // A table of more than a hundred cells comes when its picture has come to rest.
    await expect.poll(async () => (await rowsOf(figure(page, name))).length).toBeGreaterThan(2)
  }
  await goTo(page, 'What it needs')
  const heads = figure(page, 'Without a head')
  expect((await rowsOf(heads)).map(([head]) => head)).toHaveLength(12)
  await picture(heads).focus()
  await page.keyboard.press('ArrowRight')
  await expect(page.getByRole('tooltip')).toContainText('sort by C0, largest first')
  await page.keyboard.press('Enter')
  await atRest(page)
  const losses = (await rowsOf(heads)).map((row) => row[1] as number)
  expect(losses).toEqual(losses.toSorted((one, other) => other - one))
  expect(complaints).toEqual([])
  model.remove()
})
