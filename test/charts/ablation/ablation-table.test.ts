import { expect, test } from 'vitest'
import {
  ablationColumns,
  ablationChart,
  ablationNote,
  ablationRows,
  ablationTable,
  type AblationInput,
} from '../../../src/charts/ablation/ablation-table'
import { targetAt } from '../../../src/charts/drawing/drawing'
import { middleOf } from '../../../src/charts/drawing/navigation'
import { tensor } from '../../../src/core/tensor'
import { expectPicture, pictureOf } from '../../support/golden-picture'
import { display } from '../../support/small-run'

/** Losses of `heads` heads in one layer, two digits. */
function ablations(
  heads: number,
  of: (site: number, head: number, digit: number) => number,
  sites: readonly string[] = ['q', 'k', 'v'],
): AblationInput {
  const labels = { site: sites, digit: ['C0', 'C1'] }
  const perDigit = sites.flatMap((_, site) =>
    Array.from({ length: heads }, (__, head) => [of(site, head, 0), of(site, head, 1)]).flat(),
  )
  const means = Float64Array.from({ length: perDigit.length / 2 }, (_, row) => {
    return (perDigit[2 * row]! + perDigit[2 * row + 1]!) / 2
  })
  return {
    lossDiff: tensor(['site', 'layer', 'head'], [sites.length, 1, heads], means, { labels: { site: sites } }),
    lossDiffPerDigit: tensor(
      ['site', 'layer', 'head', 'digit'],
      [sites.length, 1, heads, 2],
      Float64Array.from(perDigit),
      { labels },
    ),
    detail: 'overall',
    order: '',
    focus: 1,
  }
}

const ordinary = ablations(3, (site, head, digit) => site * 5 + head - 2 + digit)

test.each([
  ['ablations-ordinary', ordinary],
  ['ablations-sorted', { ...ordinary, order: 'K' }],
  ['ablations-by-digit', { ...ablations(1, (site, _, digit) => site - 2 * digit), detail: 'by digit' }],
  ['ablations-all-zero', ablations(2, () => 0)],
  ['ablations-all-negative', ablations(2, (site, head) => -1 - site - head)],
  ['ablations-missing', ablations(2, (site, head) => (site === 1 ? NaN : 0.1 * (site + head)))],
  ['ablations-one-head', ablations(1, (site) => site)],
] as const)('the picture %s', (name, input) => {
  expectPicture(name, pictureOf(ablationChart(input, display)))
})

test('rows are heads, or cuts digit by digit; a column sorts them, its largest first, what is missing last', () => {
  const data = (input: AblationInput) =>
    ablationRows(input).map(({ name, cells }) => [name, ...cells.map(({ value }) => value)])
  // Q, K, V: site * 5 + head - 2, and half a nat more on the mean of both digits.
  expect(data(ordinary)).toEqual([
    ['H0.0', -1.5, 3.5, 8.5],
    ['H0.1', -0.5, 4.5, 9.5],
    ['H0.2', 0.5, 5.5, 10.5],
  ])
  expect(data({ ...ordinary, order: 'V' }).map(([name]) => name)).toEqual(['H0.2', 'H0.1', 'H0.0'])
  expect(data({ ...ordinary, order: 'C1' }).map(([name]) => name)).toEqual(['H0.0', 'H0.1', 'H0.2'])
  expect(ablationColumns(ordinary)).toEqual(['Q', 'K', 'V'])
  const byDigit = { ...ordinary, detail: 'by digit', order: 'mean' } as const
  expect(ablationColumns(byDigit)).toEqual(['C0', 'C1', 'mean'])
  expect(data(byDigit)[0]).toEqual(['H0.2 V', 10, 11, 10.5])
  const missing = ablations(2, (site, head) => (head === 0 ? NaN : site))
  expect(data({ ...missing, order: 'Q' }).map(([name]) => name)).toEqual(['H0.1', 'H0.0'])
  expect(ablationTable(byDigit, 'Loss').rows).toHaveLength(9)
})

test('the output of heads alone is told by head, digit by digit', () => {
  const input = { ...ablations(2, (_, head, digit) => head + digit, ['result']), detail: 'by digit' } as const
  expect(ablationTable(input, 'Loss').rows).toEqual([
    ['H0.0', 0, 1, 0.5],
    ['H0.1', 1, 2, 1.5],
  ])
})

test('pointing at a cell tells the cut under it, and above the cells the column', () => {
  const picture = ablationChart({ ...ordinary, order: 'V' }, { ...display, width: 400 })
  const cell = picture.targets.find(({ datum }) => 'site' in datum && datum.site === 'k' && datum.head === 1)!
  const { x, y } = middleOf(cell)
  expect(ablationNote(targetAt(picture, x, y)!.datum, 'mean ablation')).toMatchObject({
    subject: 'H0.1 K, all answer digits',
    hook: 'blocks.0.attn.hook_k[1]',
  })
  expect(targetAt(picture, x, 4)!.datum).toEqual({ column: 'K' })
})

test('each MLP is a row after the heads of its layer', () => {
  const input: AblationInput = {
    ...ablations(2, (_, head, digit) => head + digit, ['result']),
    mlps: {
      lossDiff: tensor(['layer'], [1], Float64Array.of(-3)),
      lossDiffPerDigit: tensor(['layer', 'digit'], [1, 2], Float64Array.of(-2, -4)),
    },
    detail: 'by digit',
  }
  const { columns, rows } = ablationTable(input, 'Loss')
  expect([columns, ...rows]).toEqual([
    ['part', 'C0', 'C1', 'mean'],
    ['H0.0', 0, 1, 0.5],
    ['H0.1', 1, 2, 1.5],
    ['MLP0', -2, -4, -3],
  ])
  const cell = ablationRows(input)[2]!.cells[0]!
  expect(cell).toEqual({ site: 'mlp_out', layer: 0, digit: 'C0', focus: 0, value: -2 })
  expect(ablationNote(cell, 'mean ablation')).toMatchObject({ subject: 'MLP0 Out, C0', hook: 'blocks.0.hook_mlp_out' })
})
