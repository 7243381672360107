import { expect, test } from 'vitest'
import { summaryData, type AttributionSummaryInput } from '../../../src/charts/attribution/attribution-summary'
import { attributionSummaryChart } from '../../../src/charts/attribution/attribution-summary-chart'
import { carryGridDrawing, gridPoints, type CarryGridInput } from '../../../src/charts/carry/carry-attention-grid'
import { certaintyBins, placeOfLoss, type ExampleScores } from '../../../src/charts/sums/certainty'
import { certaintyDrawing } from '../../../src/charts/sums/certainty-strips'
import { meanAttentionDrawing, meanAttentionTable } from '../../../src/charts/attention/mean-attention'
import {
  pathBatchDrawing,
  pathPoints,
  pathTable,
  type PathBatchInput,
} from '../../../src/charts/attribution/path-batch'
import { positionAblationChart, positionData } from '../../../src/charts/ablation/position-ablation'
import { tensor } from '../../../src/core/tensor'
import { expectPicture, pictureOf } from '../../support/golden-picture'
import { display } from '../../support/small-run'
import { publishedLayout } from '../../../src/core/task-layout'

function places(value: (index: number) => number, heads = 2) {
  const shape = [1, heads, 3, 2]
  const labels = { position: ['A0', '+', 'B0'], digit: ['C0', 'C1'] }
  const data = Float64Array.from({ length: heads * 6 }, (_, index) => value(index))
  return {
    lossDiff: tensor(['layer', 'head', 'position', 'digit'], shape, data, { labels }),
    digit: 'C1',
    layout: publishedLayout(2),
  }
}

test.each([
  ['positions-ordinary', places((index) => index - 4)],
  ['positions-all-zero', places(() => 0)],
  ['positions-all-negative', places((index) => -1 - index)],
  ['positions-missing', places((index) => (index < 6 ? NaN : index))],
  ['positions-one-head', places((index) => index, 1)],
])('the picture %s', (name, input) => {
  expectPicture(name, pictureOf(positionAblationChart(input, display)))
})

test('each position stands with its digit and its head', () => {
  const found = positionData(places((index) => index)).find(
    ({ head, name, digit }) => `${head}${name}${digit}` === '1+C1',
  )
  expect(found).toMatchObject({ layer: 0, position: 1, value: 9 })
})

/** Two-digit sums, each 12+34 = 46, with these losses; `wrong` are answered with 0. */
function scores(losses: readonly number[], wrong: readonly number[] = []): ExampleScores {
  const sums = losses.length / 2
  const shape = [sums, 2]
  const operands = Int32Array.from({ length: 2 * sums }, (_, index) => (index % 2 === 0 ? 12 : 34))
  const predicted = Int32Array.from(losses, (_, index) => (wrong.includes(index) ? 0 : index % 2 === 0 ? 4 : 6))
  return {
    operands: tensor(['example', 'operand'], shape, operands),
    exampleLoss: tensor(['example', 'digit'], shape, Float32Array.from(losses)),
    predicted: tensor(['example', 'digit'], shape, predicted),
  }
}

const sure = scores([0.01, 0.001, 0.02, 0.5, 0.011, 0.002])
const unsure = scores([2, 0.001, 3, 0.7, 0.011, 0.002], [0, 2])

test.each([
  ['certainty-clean', sure, sure, false],
  ['certainty-intervened', sure, unsure, true],
  ['certainty-all-zero', scores([0, 0]), scores([0, 0]), false],
  ['certainty-missing', scores([NaN, 0.1]), scores([NaN, 0.1]), false],
] as const)('the picture %s', (name, clean, now, intervened) => {
  expectPicture(name, pictureOf(certaintyDrawing({ clean, now, intervened, focus: 1 }, display)))
})

test('a bin holds the sums whose right digit has a probability of its interval, and every sum is in one', () => {
  expect(placeOfLoss(Math.log(2))).toBeCloseTo(0.5, 12)
  expect(placeOfLoss(-Math.log(0.9))).toBeCloseTo(0.5 + Math.log10(9) / 8, 12)
  expect([placeOfLoss(0), placeOfLoss(50)]).toEqual([1, 0])
  const bins = certaintyBins(sure, unsure)
  const of = (digit: number, key: 'clean' | 'now' | 'wrong') =>
    bins.filter((bin) => bin.digit === digit).reduce((total, bin) => total + bin[key], 0)
  expect([of(0, 'clean'), of(0, 'now'), of(0, 'wrong'), of(1, 'now'), of(1, 'wrong')]).toEqual([3, 3, 2, 3, 0])
  const holding = bins.find(({ digit, from, to }) => digit === 0 && from <= Math.exp(-2) && Math.exp(-2) < to)
  expect(holding).toMatchObject({ now: 1, wrong: 1, clean: 0 })
})

function summary(
  mean: readonly number[],
  std: readonly number[],
  component: readonly string[],
): AttributionSummaryInput {
  const options = { labels: { component, digit: ['C0', 'C1'] } }
  const shape = [component.length, 2]
  return {
    mean: tensor(['component', 'digit'], shape, Float64Array.from(mean), options),
    std: tensor(['component', 'digit'], shape, Float64Array.from(std), options),
  }
}

test.each([
  ['summary-ordinary', summary([10, -20, 30, 5], [5, 5, 10, 0], ['embed', 'H0.0'])],
  ['summary-all-zero', summary([0, 0], [0, 0], ['embed'])],
  ['summary-all-negative', summary([-1, -2, -3, -4], [1, 1, 1, 1], ['embed', 'H0.0'])],
  ['summary-missing', summary([1, NaN, 2, 3], [NaN, NaN, 1, 1], ['embed', 'H0.0'])],
])('the picture %s', (name, input) => {
  expectPicture(name, pictureOf(attributionSummaryChart(input, display)))
})

test('bars are components by digits', () => {
  const [, second] = summaryData(summary([10, -20], [5, 6], ['embed']))
  expect(second).toEqual({ component: 'embed', digit: 'C1', focus: 1, mean: -20, std: 6 })
})

/** Sums 10+i = 1i of two digits: the right C1 of the i-th is i. */
function paths(
  magnitude: (index: number) => number,
  component: readonly string[] = ['straight', 'H0.0 → H1.0'],
): PathBatchInput {
  const shape = [component.length, 2, 4]
  const size = component.length * 8
  const labels = { component, digit: ['C0', 'C1'], example: ['10+00=10', '10+01=11', '10+02=12', '10+03=13'] }
  const of = (value: (index: number) => number, unit: string) =>
    tensor(
      ['component', 'digit', 'example'],
      shape,
      Float64Array.from({ length: size }, (_, index) => value(index)),
      {
        labels,
        unit,
      },
    )
  return {
    magnitude: of(magnitude, 'logits'),
    phase: of((index) => ((index % 4) * Math.PI) / 2, 'radians'),
    focus: 1,
    scale: 'same scale',
  }
}

test.each([
  ['paths-ordinary', paths((index) => 1 + index)],
  ['paths-own-scale', { ...paths((index) => 1 + index), scale: 'own scale' } as const],
  ['paths-all-zero', paths(() => 0)],
  ['paths-missing', paths((index) => (index < 8 ? NaN : 2))],
  ['paths-one-path', paths((index) => index, ['straight'])],
])('the picture %s', (name, input) => {
  expectPicture(name, pictureOf(pathBatchDrawing(input, display)))
})

test('points are the sums at the focus digit, with the right digit read off the sum', () => {
  const input = paths((index) => 1 + index)
  expect(pathPoints(input, 1)[2]).toEqual({
    component: 'H0.0 → H1.0',
    sum: '10+02=12',
    right: 2,
    magnitude: 15,
    phase: Math.PI,
  })
  // Arrows of one size in four directions cancel.
  const [row] = pathTable(paths(() => 3)).rows
  expect(row![1]).toBe(3)
  expect(row![3]).toBeCloseTo(0, 12)
})

function grid(value: (index: number) => number): CarryGridInput {
  const labels = { group: ['carry', 'noCarry', 'all'], digit: ['C0', 'C1'], head: ['H1.0'], key: '01+01=01'.split('') }
  const at = Float64Array.from({ length: 48 }, (_, index) => value(index))
  return {
    mean: tensor(['group', 'digit', 'head', 'key'], [3, 2, 1, 8], at, { labels }),
    std: tensor(['group', 'digit', 'head', 'key'], [3, 2, 1, 8], new Float64Array(48).fill(0.125), { labels }),
    n: tensor(['group', 'digit'], [3, 2], Int32Array.of(4, 0, 6, 10, 10, 10), { labels: { group: labels.group } }),
    layout: publishedLayout(2),
  }
}

test.each([
  ['carry-grid-ordinary', grid((index) => (index % 8) / 8)],
  ['carry-grid-all-zero', grid(() => 0)],
  ['carry-grid-missing', grid((index) => (index < 16 ? NaN : 0.5))],
])('the picture %s', (name, input) => {
  expectPicture(name, pictureOf(carryGridDrawing(input, display)))
})

test('a digit’s points are those of the keys that its position sees, in three groups', () => {
  const points = gridPoints(
    grid((index) => index / 48),
    1,
  )
  // C1 is predicted at C0, position 6: seven keys.
  expect(points).toHaveLength(21)
  const place = { from: 'C0 · p6, predicts C1', key: 'C0', to: 'C0 · p6, predicts C1' }
  expect(points.at(-1)).toEqual({
    digit: 'C1',
    focus: 1,
    head: 'H1.0',
    group: 'all',
    ...place,
    mean: 46 / 48,
    std: 0.125,
  })
})

function attention(value: (index: number) => number) {
  const data = Float64Array.from({ length: 128 }, (_, index) => {
    const [query, key] = [Math.floor(index / 8) % 8, index % 8]
    return key > query ? NaN : value(index)
  })
  return tensor(['layer', 'head', 'query', 'key'], [1, 2, 8, 8], data)
}

test('the picture mean-attention', () => {
  const input = {
    mean: attention((index) => (index % 8) / 8),
    std: attention(() => 0.1),
    columns: 2,
    layout: publishedLayout(2),
  } as const
  expectPicture('mean-attention', pictureOf(meanAttentionDrawing({ ...input, show: 'mean' }, display)))
  const { rows } = meanAttentionTable({ ...input, show: 'mean' })
  expect(rows).toHaveLength(16)
  expect(rows.at(-1)).toEqual(['H0.1', 'C1 · p7', 0, 0.125, 0.25, 0.375, 0.5, 0.625, 0.75, 0.875])
  expect(meanAttentionTable({ ...input, show: 'std' }).rows[0]).toEqual([
    'H0.0',
    'A0 · p0',
    0.1,
    ...Array<number>(7).fill(NaN),
  ])
})
