import { readFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import type { Page } from '@playwright/test'
import { expect, test } from '../support/carryscope'
import { analyze } from '../support/command-line'

const figure = (page: Page, id: string) => page.locator(`#weights-${id}`)
const workspace = (page: Page, name: string) => page.getByRole('button', { name, exact: true })

/** Goes to Weights and waits for what stands first. */
async function openWeights(page: Page): Promise<void> {
  await workspace(page, 'Weights').click()
  await expect(figure(page, 'unembedding').getByRole('rowheader').first()).toBeAttached()
}

test('the dimensions that do the reading are found on screen, and one of them is followed from figure to figure', async ({
  carryscope,
  checkpoint,
  complaints,
}) => {
  const { page } = carryscope
  await carryscope.openModel(checkpoint)
  await openWeights(page)

  const rows = figure(page, 'unembedding')
    .getByRole('row')
    .filter({ has: page.getByRole('cell', { name: 'yes' }) })
  const found = await rows.getByRole('rowheader').allTextContents()
  const { significantDims } = analyze<{ significantDims: string[] }>('unembedding', checkpoint)
  expect(found).toEqual(significantDims)
  await expect(figure(page, 'unembedding')).toContainText(`: ${found.join(', ')} hold `)
  const saved = join(dirname(checkpoint), 'notebook/cell10_fig0.json')
  const { traces } = JSON.parse(readFileSync(saved, 'utf8')) as { traces: { y: string[] }[] }
  expect(found.map((dimension) => `dim_${dimension}`)).toEqual(traces[0]!.y)

  // By keyboard: the first cell of the first row that is shown, which is marked wherever the dimension is shown.
  const frequencies = figure(page, 'unembedding-fft').getByRole('img')
  await frequencies.focus()
  await frequencies.press('ArrowRight')
  await expect(page.getByRole('tooltip')).toContainText(`dimension ${found[0]}, frequency 0`)
  const marked = (id: string) => figure(page, id).locator('.related')
  for (const id of ['unembedding', 'unembedding-arrows', 'unembedding-directions'])
    await expect(marked(id).first()).toBeAttached()
  await expect(marked('unembedding-gram')).toHaveCount(0)
  await frequencies.press('Escape')
  await expect(marked('unembedding')).toHaveCount(0)
  expect(complaints).toEqual([])
})

test('a pair of heads is chosen in one figure and shown in the others; a head opens in Explore', async ({
  carryscope,
  checkpoint,
  complaints,
}) => {
  const { page } = carryscope
  await carryscope.openModel(checkpoint)
  await openWeights(page)
  await page.getByRole('button', { name: 'OV circuits' }).click()
  const pairs = figure(page, 'ov-pairs').getByRole('img')
  await expect(pairs).toBeVisible()
  const single = figure(page, 'ov-embeddings')
  const first = await single.getByRole('combobox').inputValue()

  const box = (await pairs.boundingBox())!
  await pairs.click({ position: { x: box.width * 0.45, y: box.height * 0.6 } })
  const chosen = await single.getByRole('combobox').inputValue()
  expect(chosen).not.toBe(first)
  await expect(figure(page, 'ov-summed').getByRole('combobox')).toHaveValue(chosen)
  const [head0, head1] = chosen.split(' → ') as [string, string]
  const { embeddings } = analyze<{
    embeddings: { data: number[]; labels: { head0: string[]; head1: string[] } }
  }>('ov-circuit', checkpoint)
  const { labels, data } = embeddings
  const pair = labels.head0.indexOf(head0) * labels.head1.length + labels.head1.indexOf(head1)
  // The rows of two digits, 3 and 8: what the figure draws is what the command line tells, added up.
  const row = figure(page, 'ov-summed')
    .getByRole('row')
    .filter({ has: page.getByRole('rowheader', { name: '3+8' }) })
  const cell = Number((await row.getByRole('cell').first().textContent())?.replace('−', '-'))
  // The table has five significant digits.
  expect(cell).toBeCloseTo(data[pair * 100 + 30]! + data[pair * 100 + 80]!, 2)

  await page.getByRole('button', { name: 'QK circuits' }).click()
  await figure(page, 'qk-full').getByRole('radio', { name: 'H0.1' }).click()
  const circuit = page.getByRole('img', { name: /^QK circuit of H0\.1/ })
  await circuit.focus()
  await circuit.press('ArrowRight')
  await expect(page.getByRole('tooltip')).toContainText('H0.1: A0 · p0 → A0 · p0')
  await circuit.press('Enter')
  await expect(page.getByRole('region', { name: 'H0.1, attention' })).toBeVisible()
  await expect(workspace(page, 'Explore')).toHaveAttribute('aria-current', 'page')
  expect(complaints).toEqual([])
})

test('a model of another shape, in which no row stands out, says so', async ({ carryscope, complaints }) => {
  const { page } = carryscope
  await openWeights(page)
  const { significantDims } = analyze<{ significantDims: string[] }>('unembedding', 'models/sum-4digit')
  expect(significantDims).toEqual([])
  await expect(figure(page, 'unembedding')).toContainText('No row stands out')
  await expect(figure(page, 'unembedding-fft').getByRole('row')).toHaveCount(9)
  expect(complaints).toEqual([])
})
