import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import type { RunReport } from '../../../src/contract/training'
import type { Mark, Rect, Text } from '../../../src/charts/drawing/drawing'
import { tokens } from '../../../src/charts/drawing/tokens'
import { lossCurves, valueAt, wrongCurves } from '../../../src/charts/training/curves'
import { shortestStretch, zoomed } from '../../../src/charts/echarts/zoom-slider'
import { curvesChart } from '../../../src/charts/training/curves-chart'
import { groupOf } from '../../../src/charts/training/pattern-groups'
import { logScale, stepScale } from '../../../src/charts/training/scales'
import { display } from '../../support/small-run'

interface Line {
  readonly step: number
  readonly trainingLoss: number | null
  readonly heldOut: Pick<RunReport, 'uniform' | 'patterns'>
}

const log = readFileSync(join(import.meta.dirname, '../../../models/sum-4digit/log.jsonl'), 'utf8')
const reports: RunReport[] = log
  .split('\n')
  .filter(Boolean)
  .map((line) => {
    const { step, trainingLoss, heldOut } = JSON.parse(line) as Line
    return { step, trainingLoss, ...heldOut }
  })

test('a pattern belongs where its longest carry ends', () => {
  expect(['KKKK', 'KPPK', 'KGKG', 'KKPG', 'KPPG', 'PPPPG', 'KPGG'].map(groupOf)).toEqual([0, 0, 1, 2, 3, 3, 2])
})

test('the curves of the bundled model are those of its log, by how far a carry runs', () => {
  const at2000 = (of: ReturnType<typeof lossCurves>) => of.curves.map((curve) => valueAt(curve, 2000))
  expect(at2000(lossCurves(reports)).map((loss) => loss.toFixed(4))).toEqual(['0.0189', '0.0236', '0.0237', '0.1585'])
  expect(at2000(wrongCurves(reports)).map((wrong) => wrong.toFixed(1))).toEqual(['1.8', '2.6', '1.6', '31.3'])
})

test('steps stand by their square root, and what is written of them does not touch', () => {
  const scale = stepScale(31_500, 0.11)
  const { ticks } = scale
  expect(scale.place(31_500 / 4)).toBeCloseTo(0.5)
  const places = ticks.map(({ at }) => at).toSorted((one, other) => one - other)
  for (const [index, at] of places.slice(1).entries()) expect(at - places[index]!).toBeGreaterThanOrEqual(0.11)
  expect(ticks.map(({ text }) => text)).toEqual(expect.arrayContaining(['0', '30k', '20k', '10k', '5k', '1k']))
})

test('0 stands on a line of its own below the powers of ten', () => {
  const scale = logScale([0, 0.15, 100], (power) => String(10 ** power))
  expect([0, 100].map((value) => scale.place(value))).toEqual([0, 1])
  expect(scale.place(0.1)).toBeGreaterThan(0.1)
  expect(scale.ticks.map(({ text }) => text)).toEqual(['100', '10', '1', '0.1', '0'])
})

test('a stretch of the steps fills the plot: its ticks, its targets and the slider are of that, and the lines of all', () => {
  const [from, to] = [0.5, 0.75]
  const scale = stepScale(10_000, 0.1, [from, to])
  expect([2500, 5625].map((step) => scale.place(step))).toEqual([0, 1])
  expect(scale.ticks.map(({ text }) => text)).toContain('5k')
  for (const { at } of scale.ticks) expect(at === Math.min(Math.max(at, 0), 1)).toBe(true)
  const flat = [0, 2500, 4000, 5625, 10_000].map((step) => ({ step, trainingLoss: null, ...flatScores() }))
  const chart = curvesChart({ of: lossCurves(flat), steps: 10_000, at: 0, stretch: [from, to] }, display)
  expect(chart.targets.map(({ datum }) => datum.step)).toEqual([2500, 4000, 5625])
  expect(chart.option.dataZoom).toMatchObject([{ type: 'slider', start: 50, end: 75, filterMode: 'none' }])
  const line = [chart.option.series ?? []].flat().find(({ type }) => type === 'line')!
  expect((line.data as [number, number][]).map(([x]) => x)).toEqual([0, 0.5, Math.sqrt(0.4), 0.75, 1])
})

test('zooming keeps what it is about in its place, and stays within the axis', () => {
  expect(zoomed([0, 1], 0.5, 0.5)).toEqual([0.25, 0.75])
  expect(zoomed([0, 1], 0.5, 1)).toEqual([0.5, 1])
  expect(zoomed([0.5, 1], 2, 0)).toEqual([0, 1])
  expect(zoomed([0, shortestStretch], 0.5, 0.5)).toEqual([0, shortestStretch])
})

test('a run that has told nothing yet, and one whose loss never moves, can be drawn', () => {
  const flat = [0, 1].map((step) => ({ step, trainingLoss: null, ...flatScores() }))
  for (const shown of [[], flat])
    expect(curvesChart({ of: lossCurves(shown), steps: 10, at: 1 }, display).targets).toHaveLength(shown.length)
})

function flatScores() {
  const score = { n: 64, wrong: 64, loss: 1 }
  return { uniform: score, patterns: { KK: score, KG: score } }
}

test('no curve crosses the values at the cursor, however small the picture: they stand on a ground of their own', () => {
  const place = { ...display, width: 387, height: 130 }
  const chart = curvesChart({ of: lossCurves(reports), steps: 31_500, at: 2000 }, place)
  const series = [chart.option.series ?? []].flat()
  const cursor = series.findIndex(({ id }) => id === 'cursor')
  const lines = series.flatMap((one, index) => (one.type === 'line' ? [index] : []))
  expect(Math.max(...lines)).toBeLessThan(cursor)
  const { marks } = series[cursor] as unknown as { marks: readonly Mark[] }
  const ground = marks.find((mark): mark is Rect => mark.kind === 'rect')!
  expect(ground.fill).toBe(tokens.light.panel)
  const texts = marks.filter((mark): mark is Text => mark.kind === 'text')
  expect(texts).toHaveLength(8)
  expect(marks.indexOf(ground)).toBeLessThan(marks.indexOf(texts[0]!))
  for (const { x, y, text, anchor } of texts) {
    const width = 6 * text.length
    const left = anchor === 'end' ? x - width : x
    expect(left).toBeGreaterThanOrEqual(ground.x)
    expect(left + width).toBeLessThanOrEqual(ground.x + ground.width)
    expect(y - 6).toBeGreaterThanOrEqual(ground.y)
    expect(y + 6).toBeLessThanOrEqual(ground.y + ground.height)
  }
})
