import { expect, test } from 'vitest'
import { classCells, weakestClass } from '../../src/charts/carry/class-grid'
import { outcomeChart, outcomeNote } from '../../src/charts/carry/outcome-chart'
import { tensor } from '../../src/core/tensor'
import { display } from '../support/small-run'

const classes = ['GK', 'GP', 'KG', 'KP', 'PG', 'PK', 'PP', 'GG', 'KK']

/** The share of each pair of classes for a single digit, and their numbers. */
function byClass(shares: Readonly<Record<string, readonly [number, number]>>) {
  const labels = { class: classes }
  const of = (at: 0 | 1, none: number) => Float64Array.from(classes, (name) => shares[name]?.[at] ?? none)
  return {
    movedByClass: tensor(['class', 'digit'], [9, 1], of(0, NaN), { labels }),
    nByClass: tensor(['class', 'digit'], [9, 1], of(1, 0), { labels }),
  }
}

test('the weakest class is that of a donor whose column adds to 9, with the counts of its cells', () => {
  const result = byClass({
    GK: [1, 199],
    GP: [11 / 24, 24],
    PG: [1, 21],
    PK: [1, 14],
    PP: [0, 4],
    KG: [1, 208],
    KP: [0.6, 10],
  })
  const cells = classCells(result, 0)
  expect(cells.map(({ own, donor }) => own + donor)).toEqual(['GG', 'GP', 'GK', 'PG', 'PP', 'PK', 'KG', 'KP', 'KK'])
  expect(cells.filter(({ possible }) => !possible).map(({ own, donor }) => own + donor)).toEqual(['GG', 'KK'])
  expect(weakestClass(cells, 2)).toBe('Weakest: a donor whose column 2 adds to 9 (P). 11 of 24, 0 of 4, 6 of 10.')
  expect(weakestClass(classCells(byClass({ GK: [1, 3], KG: [1, 5] }), 0), 2)).toBe(
    'Every pair follows, whatever the classes.',
  )
  expect(weakestClass(classCells(byClass({}), 0), 2)).toBe('No pair differs here.')
})

const share = tensor(
  ['group', 'digit', 'outcome'],
  [2, 2, 4],
  Float64Array.from([0.25, 0.75, 0, 0, NaN, NaN, NaN, NaN, 0.5, 0, 0.125, 0.375, 1, 0, 0, 0]),
  {
    labels: { group: ['differ', 'same'], digit: ['C0', 'C1'], outcome: ['own', 'moved', 'donor', 'other'] },
  },
)
const n = tensor(['group', 'digit'], [2, 2], Int32Array.from([8, 0, 16, 24]), {
  labels: { group: ['differ', 'same'], digit: ['C0', 'C1'] },
})

test('every digit, group and outcome has its bar and its box; the control group is never left out', () => {
  const chart = outcomeChart({ share, n }, 0, { ...display, width: 500, height: 260 })
  expect(chart.targets).toHaveLength(16)
  const series = chart.option.series as { data: { value: number; label: { show: boolean; formatter: string } }[] }[]
  expect(series.map(({ data }) => data.map(({ value }) => value))).toEqual([
    [0.25, 0.75, 0, 0],
    [0, 0, 0, 0],
    [0.5, 0, 0.125, 0.375],
    [1, 0, 0, 0],
  ])
  expect(series.map(({ data }) => data.map(({ label }) => (label.show ? label.formatter : null)))).toEqual([
    ['25.0', '75.0', '0', '0'],
    [null, null, null, null],
    ['50.0', 'as own', '12.5', '37.5'],
    ['100.0', 'as own', '0', '0'],
  ])
  const words = JSON.stringify(chart.option.graphic)
  expect(words).toContain('no carry into C1')
  expect(words).toContain('n 16')
  expect(outcomeNote(chart.targets[1]!.datum).lines).toEqual([
    { label: 'share', value: '75.0 %' },
    { label: 'pairs', value: '6 of 8' },
  ])
})
