import { expect, test } from 'vitest'
import {
  carryAttentionNote,
  carryAttentionDrawing,
  carryAttentionPoints,
  groupSize,
  type CarryAttentionInput,
} from '../../src/charts/carry-attention'
import { lossCells, lossDifferenceDrawing, lossTable, type LossDifferenceInput } from '../../src/charts/loss-difference'
import { signedColor } from '../../src/charts/palette'
import { tensor } from '../../src/core/tensor'
import { expectPicture, pictureOf } from '../support/golden-picture'
import { display } from '../support/small-run'

function losses(heads: number, perDigit: readonly number[]): LossDifferenceInput {
  const means = Array.from({ length: heads }, (_, head) => (perDigit[2 * head]! + perDigit[2 * head + 1]!) / 2)
  return {
    lossDiff: tensor(['layer', 'head'], [1, heads], Float64Array.from(means)),
    lossDiffPerDigit: tensor(['layer', 'head', 'digit'], [1, heads, 2], Float64Array.from(perDigit)),
    focus: 1,
  }
}

test.each([
  ['loss-difference-ordinary', losses(3, [0, 1, 2, 3, -1, 33.9])],
  ['loss-difference-all-zero', losses(2, [0, 0, 0, 0])],
  ['loss-difference-all-negative', losses(2, [-1, -2, -3, -4])],
  ['loss-difference-missing', losses(2, [1, 2, Number.NaN, Number.NaN])],
  ['loss-difference-one-head', losses(1, [1, 2])],
])('the picture %s', (name, input) => {
  expectPicture(name, pictureOf(lossDifferenceDrawing(input, display)))
})

test('cells are the losses, head by head, with their mean last; the scale is symmetric', () => {
  const input = losses(2, [1, 3, -5, 2])
  expect(lossCells(input).map(({ head, column, value }) => [head, column, value])).toEqual([
    ['H0.0', 'C0', 1],
    ['H0.0', 'C1', 3],
    ['H0.0', 'mean', 2],
    ['H0.1', 'C0', -5],
    ['H0.1', 'C1', 2],
    ['H0.1', 'mean', -1.5],
  ])
  const { marks, targets } = lossDifferenceDrawing(input, display)
  for (const { x, y, datum } of targets) {
    const cell = marks.find((mark) => mark.kind === 'rect' && mark.x === x && mark.y === y)
    expect(cell).toMatchObject({ fill: signedColor(datum.value, 5, display) })
  }
  expect(lossTable(input).rows).toEqual([
    ['H0.0', 1, 3, 2],
    ['H0.1', -5, 2, -1.5],
  ])
})

/** One head of a two-digit model: attention to key k is `mean(k)` with a carry and half of that without. */
function attention(mean: (key: number) => number, heads = ['H1.0']): CarryAttentionInput {
  const labels = { group: ['carry', 'noCarry', 'all'], head: heads }
  const shape = [3, 2, heads.length, 8]
  const size = 48 * heads.length
  const at = (index: number) => mean(index % 8) / (index < size / 3 ? 1 : 2)
  return {
    mean: tensor(
      ['group', 'digit', 'head', 'key'],
      shape,
      Float64Array.from({ length: size }, (_, index) => at(index)),
      { labels },
    ),
    std: tensor(['group', 'digit', 'head', 'key'], shape, new Float64Array(size).fill(0.125), { labels }),
    n: tensor(['group', 'digit'], [3, 2], Int32Array.of(4, 0, 6, 10, 10, 10), { labels: { group: labels.group } }),
    focus: 0,
  }
}

test.each([
  ['carry-attention-ordinary', attention((key) => key / 8, ['H1.0', 'H1.1'])],
  ['carry-attention-all-zero', attention(() => 0)],
  ['carry-attention-missing', attention(() => Number.NaN)],
])('the picture %s', (name, input) => {
  expectPicture(name, pictureOf(carryAttentionDrawing(input, display)))
})

test('points are the means and spreads of the keys that the focus digit’s position can see', () => {
  const input = attention((key) => key / 8)
  const points = carryAttentionPoints(input)
  // C0 is predicted at `=`, position 5: six keys for each of two groups.
  expect(points).toHaveLength(12)
  expect(points.at(-1)).toEqual({ head: 'H1.0', group: 'carry', key: '=', mean: 0.625, std: 0.125 })
  expect(points[5]).toEqual({ head: 'H1.0', group: 'noCarry', key: '=', mean: 0.3125, std: 0.125 })
  expect([groupSize(input, 'carry'), groupSize(input, 'noCarry')]).toEqual([4, 6])
  expect(carryAttentionNote(points[5]!)).toMatchObject({
    subject: 'H1.0 → =, none',
    hook: 'blocks.1.attn.hook_pattern',
  })
})

test('a symbol stands at its mean on an axis from 0 to 1, and its line reaches one deviation to either side', () => {
  const input = attention((key) => key / 8)
  const { marks, targets } = carryAttentionDrawing(input, display)
  const [top, height] = [16, display.height - 46]
  for (const { y, datum } of targets) expect(y + 5).toBeCloseTo(top + (1 - datum.mean) * height, 9)
  const lines = marks.flatMap((mark) => (mark.kind === 'lines' && mark.strokeWidth === 1.5 ? mark.paths : []))
  // Key 4 with a carry: 0.5 ± 0.125.
  expect(lines[10]!.filter((_, index) => index % 2 === 1)).toEqual([top + 0.625 * height, top + 0.375 * height])
})
