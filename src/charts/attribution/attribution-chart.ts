import type { BarSeriesOption } from 'echarts'
import { chart, type Chart } from '../drawing/chart'
import type { Display } from '../drawing/display'
import type { Box, Mark } from '../drawing/drawing'
import { decimalText, signedText } from '../drawing/number-text'
import { symmetricLimit } from '../drawing/palette'
import { penOf } from '../drawing/pen'
import { usualNames } from '../drawing/run-names'
import { columnAxis, gridIn, heading, rowAxis, valueAxis, type AxisName } from '../echarts/axes'
import { rowBars, signedBar } from '../echarts/bars'
import { markSeries } from '../echarts/marks'
import { cellMarks, type Cell } from '../kinds/cells'
import { attributionRows } from './attribution'
import { logitRow, type AttributionDatum, type AttributionInput } from './attribution-input'

/** Logits that the scale reaches at least. */
const leastLogits = 0.1

/** A character's advance, as a share of the type size, generously. */
const advance = 0.62

/** What each part adds to each digit, as a map; beside it, on the same rows and the same scale, the true digit's column as bars. */
export function attributionChart(input: AttributionInput, display: Display): Chart<AttributionDatum> {
  const { unit, label: size, ink, rule } = penOf(display)
  const rows = attributionRows(input)
  const truth = input.truth[input.focus]!
  const limit = limitOf(input, rows)
  const names = rows.map(([first]) => first!.component)
  const left = Math.max(76 * unit, Math.max(...names.map((name) => name.length)) * advance * (size + unit) + 12 * unit)
  const box = {
    x: left,
    y: 17 * unit,
    width: mapWidth(display.width - left, display),
    height: Math.max(display.height - 37 * unit, rows.length),
  }
  const beside = { ...box, x: left + box.width + 16 * unit }
  const bars = { ...beside, width: Math.max(display.width - 20 * unit - beside.x, 1) }
  const rowHeight = box.height / rows.length
  const values = rows.map((row) => row[truth]!)
  const cells = cellsOf(input, rows, box)
  const ruleY = box.y + (rows.length - 1) * rowHeight
  const aboveLogit = rule([left, ruleY], [bars.x + bars.width + 2 * unit, ruleY], ink, 1.5 * unit)
  const step = limit / (bars.width < 130 * unit ? 1 : 2)
  const rowNames = names.map((text) => ({ text, look: text === logitRow ? ('bold' as const) : undefined }))
  const targets = [
    ...rows.flat().map((datum, index) => {
      const { x, y, width, height } = cells[index]!
      return { x, y, width, height, datum }
    }),
    ...rows.map((row, index) => {
      return { ...bars, y: box.y + index * rowHeight, height: rowHeight, datum: row[truth]! }
    }),
  ]
  return chart(display, targets, {
    title: headings(input, limit, left + 2 * unit, bars.x, display),
    grid: [gridIn(box), gridIn(bars)],
    xAxis: [
      columnAxis({ names: digitNames(input), side: 'bottom', margin: 5 }, display),
      valueAxis({ min: -limit, max: limit, step, grid: 1, signed: true, margin: 5 }, display),
    ],
    yAxis: [
      rowAxis({ names: rowNames, mono: true }, display),
      rowAxis({ names: rowNames, grid: 1, show: false, zeroLine: true }, display),
    ],
    series: [
      markSeries('cells', [...cellMarks(cells, limit, display), aboveLogit]),
      barSeries(values, rowHeight, input, display),
      markSeries('clean', outlines(values, bars, limit, display), 1),
    ],
  })
}

/** How much of the place the map takes: more where its figures would touch each other, and the bars can spare it. */
function mapWidth(width: number, display: Display): number {
  const { unit } = penOf(display)
  return Math.max(width * 0.62, Math.min(10 * 24 * unit, width - 110 * unit), 10)
}

function limitOf({ show }: AttributionInput, rows: readonly (readonly AttributionDatum[])[]): number {
  const changes = show === 'delta' ? rows.flat().map(({ clean, now }) => now - clean) : []
  return symmetricLimit([...changes, ...rows.flat().flatMap(({ clean, now }) => [clean, now])], 1, leastLogits)
}

function cellsOf({ show }: AttributionInput, rows: readonly (readonly AttributionDatum[])[], box: Box): Cell[] {
  const height = box.height / rows.length
  return rows.flatMap((row, index) =>
    row.map(({ logit, clean, now }) => {
      const value = show === 'delta' ? now - clean : now
      const text = show === 'delta' && Math.round(value) !== 0 ? signedText(value, 0) : decimalText(value, 0)
      const width = box.width / row.length
      return { x: box.x + logit * width, y: box.y + index * height, width, height, value, text }
    }),
  )
}

/** The true digit's column of the run under interventions. */
function barSeries(
  values: readonly AttributionDatum[],
  rowHeight: number,
  { intervened }: AttributionInput,
  display: Display,
): BarSeriesOption {
  const { solid } = penOf(display)
  return {
    ...rowBars('now', 1, rowHeight * 0.54, display),
    data: values.map(({ component, now }) => {
      if (!intervened) return '-'
      return component === logitRow ? signedBar(now, display, solid) : signedBar(now, display)
    }),
  }
}

/** The clean run's as outlines around it, wherever that ends. */
function outlines(values: readonly AttributionDatum[], box: Box, limit: number, display: Display): Mark[] {
  const { unit, ink2 } = penOf(display)
  const rowHeight = box.height / values.length
  const zero = box.x + box.width / 2
  return values.flatMap(({ clean }, row): Mark[] => {
    if (Number.isNaN(clean)) return []
    const reach = ((clean / limit) * box.width) / 2
    const place = { x: Math.min(zero, zero + reach), y: box.y + (row + 0.15) * rowHeight }
    const size = { width: Math.max(Math.abs(reach), 0.5), height: rowHeight * 0.7 }
    return [{ kind: 'rect', ...place, ...size, stroke: ink2, strokeWidth: 1.5 * unit }]
  })
}

function headings(input: AttributionInput, limit: number, left: number, barsLeft: number, display: Display) {
  const { unit } = penOf(display)
  const { clean, now } = input.names ?? usualNames
  const run = input.show === 'delta' ? `${now} − ${clean}` : input.intervened ? now : clean
  return [
    heading('cells', `Each digit, ${run}, colour ±${limit}`, left, 7 * unit, display),
    heading('bars', `Truth (${input.truth[input.focus]}), logits`, barsLeft, 7 * unit, display),
  ]
}

/** The digits below the map: ✕ at the wrong answer, ▸ at the true one. */
function digitNames({ now, truth, focus }: AttributionInput): AxisName[] {
  return Array.from({ length: 10 }, (_, digit) => {
    if (digit === truth[focus]) return { text: `▸${digit}`, look: 'bold' }
    return digit === now.predicted[focus] ? { text: `✕${digit}`, look: 'bad' } : { text: String(digit) }
  })
}
