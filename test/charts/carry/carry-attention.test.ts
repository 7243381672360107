import { expect, test } from 'vitest'
import {
  carryAttentionNote,
  carryAttentionChart,
  carryAttentionPoints,
  carryAttentionTable,
  groupSize,
  type CarryAttentionInput,
} from '../../../src/charts/carry/carry-attention'
import { carryAttentionFigure, carryAttentionOfDigit } from '../../../src/charts/carry/carry-attention-figure'
import type { Chart } from '../../../src/charts/drawing/chart'
import { tensor } from '../../../src/core/tensor'
import { expectPicture, pictureOf, withChart } from '../../support/golden-picture'
import { display } from '../../support/small-run'
import { publishedLayout } from '../../../src/core/task-layout'

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
    layout: publishedLayout(2),
    focus: 0,
  }
}

test.each([
  ['carry-attention-ordinary', attention((key) => key / 8, ['H1.0', 'H1.1'])],
  ['carry-attention-all-zero', attention(() => 0)],
  ['carry-attention-missing', attention(() => Number.NaN)],
])('the picture %s', (name, input) => {
  expectPicture(name, pictureOf(carryAttentionChart(input, display)))
})

test('points are the means and spreads of the keys that the focus digit’s position can see', () => {
  const input = attention((key) => key / 8)
  const points = carryAttentionPoints(input)
  // C0 is predicted at `=`, position 5: six keys for each of two groups.
  expect(points).toHaveLength(12)
  expect(points.at(-1)).toEqual({
    head: 'H1.0',
    group: 'carry',
    key: '=',
    to: '= · p5, predicts C0',
    mean: 0.625,
    std: 0.125,
  })
  expect(points[5]).toEqual({
    head: 'H1.0',
    group: 'noCarry',
    key: '=',
    to: '= · p5, predicts C0',
    mean: 0.3125,
    std: 0.125,
  })
  expect([groupSize(input, 'carry'), groupSize(input, 'noCarry')]).toEqual([4, 6])
  expect(carryAttentionNote(points[5]!)).toMatchObject({
    subject: 'H1.0 → = · p5, predicts C0: none',
    hook: 'blocks.1.attn.hook_pattern',
  })
})

/** A number as close as this, for `toEqual`. */
function near(value: number, decimals?: number): unknown {
  return expect.closeTo(value, decimals)
}

/** Where ECharts places a value of one of its grids. */
function placed(chart: Chart<unknown>, gridIndex: number, values: readonly (readonly [number, number])[]): number[][] {
  return withChart(chart, (instance) => values.map((value) => instance.convertToPixel({ gridIndex }, [...value])))
}

test.each([false, true])(
  'pointer and keys find a mean where its symbol is drawn, to either side of its key; stage: %s',
  (stage) => {
    const chart = carryAttentionChart(
      attention((key) => key / 8, ['H1.0', 'H1.1']),
      { ...display, stage },
    )
    const aside = stage ? 6 : 3
    for (const [gridIndex, head] of ['H1.0', 'H1.1'].entries()) {
      const targets = chart.targets.filter(({ datum }) => datum.head === head)
      const places = placed(
        chart,
        gridIndex,
        targets.map(({ datum }, index) => [index % 6, datum.mean]),
      )
      const middles = targets.map(({ x, y, width, height, datum }) => [
        x + width / 2 + (datum.group === 'carry' ? -aside : aside),
        y + height / 2,
      ])
      expect(middles).toEqual(places.map((place) => place.map((at) => near(at, 9))))
    }
  },
)

test('a symbol’s line reaches one deviation to either side, cut to 0..1', () => {
  const chart = carryAttentionChart(
    attention((key) => key / 4),
    display,
  )
  const axis = [0, 0.125, 0.375, 0.625, 0.875, 1].map((value) => [0, value] as const)
  const [zero, low, below, above, high, one] = placed(chart, 0, axis).map(([, y]) => y!)
  // The six keys without a carry come first; with one, key 0 is 0 ± 0.125, key 2 is 0.5 and key 4 is 1.
  const reached = spreads(pictureOf(chart)).slice(6)
  // ECharts rounds to a tenth.
  const pair = (from?: number, to?: number) => [near(from!, 0), near(to!, 0)]
  expect([reached[0], reached[2], reached[4]]).toEqual([pair(zero, low), pair(below, above), pair(high, one)])
})

/** From where to where the lines of the spreads reach, in the order of the points. */
function spreads(svg: string): [number, number][] {
  const path = /d="M[\d.]+ ([\d.]+)L[\d.]+ ([\d.]+)"[^>]*stroke-width="1.5"/g
  return [...svg.matchAll(path)].map(([, from, to]) => [Number(from), Number(to)])
}

test('Explore’s figure is of one digit of the same answer, and says of it what that of all digits says', () => {
  const { mean, std, n, layout } = attention((key) => key / 8)
  const result = { mean, std, n }
  expect(carryAttentionOfDigit.parts!.of(result)).toEqual(['C0', 'C1'])
  const shown = carryAttentionOfDigit.show({ result, params: {}, part: 'C1', layout })
  expect(shown.label).toBe('Attention from C0 · p6, predicts C1 by whether a carry comes in')
  expect(shown.table).toEqual(carryAttentionTable({ ...result, layout, focus: 1 }))
  expect(shown.finding).toBe(carryAttentionFigure.show({ result, params: {}, part: '', layout }).finding)
  const grid = carryAttentionFigure.show({ result, params: {}, part: '', layout })
  const [point] = carryAttentionPoints({ ...result, layout, focus: 0 })
  const ofGrid = { ...point!, digit: 'C0', focus: 0, from: '= · p5, predicts C0' }
  expect(grid.note(ofGrid)).toEqual({
    ...shown.note(point),
    subject: expect.stringContaining('predicts C0 → ') as string,
  })
})
