import { expect, test } from 'vitest'
import { carryClassRows, isClassHeading, type ClassesInput } from '../../../src/charts/carry/carry-classes'
import { carryClassesChart } from '../../../src/charts/carry/carry-classes-chart'
import { carryClassesFigure, classOrder } from '../../../src/charts/carry/carry-classes-figure'
import { targetAt } from '../../../src/charts/drawing/drawing'
import { tensor } from '../../../src/core/tensor'
import { publishedLayout } from '../../../src/core/task-layout'
import { expectPicture, pictureOf } from '../../support/golden-picture'
import { display } from '../../support/small-run'

const patterns = ['GK', 'PG', 'KK', 'KG']

/** Four classes of a two-digit model; of the last there is no sum, and of the one before it few. */
function scores(loss: readonly number[], exactMatch: readonly number[], n = [40, 30, 3, 0]) {
  const of = (values: readonly number[]) => {
    return tensor(['pattern'], [4], Float64Array.from(values), { labels: { pattern: patterns } })
  }
  const lossPerDigit = tensor(['pattern', 'digit'], [4, 1], Float64Array.from(loss), { labels: { pattern: patterns } })
  return { n: of(n), loss: of(loss), exactMatch: of(exactMatch), lossPerDigit }
}

const clean = scores([0.001, 0.002, 0.004, NaN], [1, 1, 0.5, NaN])
const now = scores([0.5, 2, 1, NaN], [0.75, 0.25, 0, NaN])
const rows = carryClassRows(clean, now, 'n')

function input(more: Partial<ClassesInput> = {}): ClassesInput {
  return { rows, order: 'n', own: 'PG', runs: 'both', ...more }
}

test.each([
  ['classes-ordinary', input()],
  ['classes-clean', input({ runs: 'clean', rows: carryClassRows(clean, clean, 'n') })],
  [
    'classes-all-zero',
    input({ rows: rows.map((row) => ({ ...row, cleanLoss: 0, nowLoss: 0, nowExact: 0 })), own: null }),
  ],
  ['classes-missing', input({ rows: rows.map((row) => ({ ...row, nowLoss: NaN, nowExact: NaN })) })],
] as const)('the picture %s', (name, of) => {
  expectPicture(name, pictureOf(carryClassesChart(of, { ...display, height: 90 })))
})

test('bars are the numbers beside them: the largest loss shown and every sum right are whole bars', () => {
  const { option } = carryClassesChart(input(), display)
  const series = [option.series ?? []].flat()
  const barsOf = (id: string) => series.find((one) => one.id === id)!.data as readonly { readonly value: number }[]
  expect(barsOf('loss').map(({ value }) => value)).toEqual([0.5, 2, 1])
  expect(barsOf('exact match').map(({ value }) => value)).toEqual([0.75, 0.25, 0])
  expect([option.xAxis ?? []].flat()).toMatchObject([{ max: 2 }, { max: 1 }])
})

test('what does not fit is left out, the class of the sum on screen last; without room there are numbers and no bars', () => {
  const chart = carryClassesChart(input({ own: 'KK' }), { ...display, height: 60 })
  const shown = chart.targets.flatMap(({ datum }) => (isClassHeading(datum) ? [] : [datum.pattern]))
  expect(shown).toEqual(['GK', 'KK'])
  const narrow = carryClassesChart(input(), { ...display, width: 150 })
  expect([narrow.option.series ?? []].flat().map(({ type }) => type)).toEqual(['custom', 'custom'])
})

test('a click on a heading sorts by it, one on a class asks everything of its sums', () => {
  const layout = publishedLayout(2)
  const shownBy = (order: string) =>
    carryClassesFigure.show({
      result: now,
      params: { interventions: [] },
      part: '',
      layout,
      clean,
      chosen: { [classOrder]: order },
    })
  const shown = shownBy('n')
  const chart = shown.draw!(display)
  const at = (x: number, y: number) => targetAt(chart, x, y)!.datum
  expect(shown.act!(at(display.width - 4, 4))).toMatchObject({ chosen: { [classOrder]: 'exact match' } })
  expect(shown.act!(at(4, 24))).toMatchObject({ subset: 'GK' })
  expect(shown.note(at(4, 24))).toEqual({
    subject: 'GK, 40 sums',
    lines: [
      { label: 'clean', value: '0.0010 nats, 100 % right' },
      { label: 'intervened', value: '0.5000 nats, 75.0 % right' },
      { label: 'Δ', value: '+0.4990 nats, −25.0 points' },
    ],
  })
  expect(shownBy('loss').table.rows.map(([pattern]) => pattern)).toEqual(['PG', 'KK', 'GK'])
  expect(shownBy('exact match').table.rows.map(([pattern]) => pattern)).toEqual(['KK', 'PG', 'GK'])
})
