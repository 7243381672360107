import { expect, test } from 'vitest'
import { attributionChart } from '../../src/charts/attribution/attribution-chart'
import { namedMatrixChart } from '../../src/charts/carry/named-matrix-chart'
import type { Chart } from '../../src/charts/drawing/chart'
import { baselineShift } from '../../src/charts/drawing/drawing'
import { matrixChart } from '../../src/charts/echarts/matrix-chart'
import { namesApart } from '../../src/renderer/charts/painted-names'
import { figureSvg } from '../../src/report/figure-svg'
import { attributedRun, display, ten } from '../support/small-run'

const run = attributedRun({ embed: ten((digit) => digit), 'H0.0': ten((digit) => 4 - digit) }, 7)
const attribution = attributionChart(
  { clean: run, now: run, intervened: true, focus: 0, truth: [4], show: 'now' },
  { ...display, width: 400 },
)
const cells = [1, -2, 3, 4].map((value) => ({ value, datum: value }))
const matrix = matrixChart({ rows: ['H0.0', 'H0.1'], columns: ['C0', 'C1'], cells, limit: 4, accent: 'C1' }, display)

test.each([
  ['attribution', attribution, ['▸4', '✕7', 'embed', '= logit', 'Truth (4), logits', '−9', '0', '+9']],
  ['matrix', matrix, ['C0', 'C1', 'H0.0', 'H0.1']],
] as [string, Chart<unknown>, string[]][])('the names of the %s stand where ECharts writes them', (_, chart, some) => {
  const { names } = namesApart(chart.option)
  expect(names.map(({ text }) => text)).toEqual(expect.arrayContaining(some))
  const written = textsOf(chart)
  for (const { text, x, y, size, fill } of names) {
    const same = written.filter((one) => one.text === text && one.fill === fill && one.size === size)
    const distances = same.map((one) => Math.max(Math.abs(one.x - x), Math.abs(one.y - y - baselineShift * size)))
    expect(Math.min(...distances), text).toBeLessThanOrEqual(1)
  }
})

test('ECharts writes what is left, and nothing moves for it', () => {
  const { rest, names } = namesApart(attribution.option)
  const left = textsOf({ ...attribution, option: rest })
  expect(left.length + names.length).toBe(textsOf(attribution).length)
  expect(textsOf(attribution)).toEqual(expect.arrayContaining(left))
})

test('names that are turned are left to ECharts, which turns them', () => {
  const names = ['embed', 'pos_embed', 'H0.0']
  const cells = names.flatMap((row) => names.map((column) => ({ row, column, value: 1 })))
  const map = { rows: { title: 'from', names }, columns: { title: 'to', names }, cells, limit: 1, signed: true }
  const wide = namesApart(namedMatrixChart(map, { ...display, width: 620 }).option)
  expect(wide.names.filter(({ text }) => text === 'pos_embed')).toHaveLength(2)
  const narrow = namesApart(namedMatrixChart(map, { ...display, width: 260 }).option)
  expect(narrow.names.filter(({ text }) => text === 'pos_embed')).toHaveLength(1)
  expect(narrow.rest.xAxis).toMatchObject([{ data: names, axisLabel: { show: true, rotate: 35 } }])
})

/** The texts of a picture, where their base line begins, ends or has its middle. */
function textsOf(chart: Chart<unknown>) {
  return [...figureSvg(chart, '#ffffff').matchAll(/<text ([^>]*)>([^<]*)</g)].map(([, look = '', text = '']) => {
    const found = (name: string) => new RegExp(`(?:^| )${name}="([^"]*)"`).exec(look)?.[1] ?? ''
    return { text, x: Number(found('x')), y: Number(found('y')), size: Number(found('font-size')), fill: found('fill') }
  })
}
