import type { BarSeriesOption } from 'echarts'
import { chart, type Chart } from '../drawing/chart'
import type { Display } from '../drawing/display'
import type { Box, Mark } from '../drawing/drawing'
import { symmetricLimit } from '../drawing/palette'
import { penOf } from '../drawing/pen'
import { gridIn, heading, rowAxis, valueAxis } from '../echarts/axes'
import { rowBars, signedBar } from '../echarts/bars'
import { markSeries } from '../echarts/marks'
import { summaryData, type AttributionSummaryInput, type SummaryDatum } from './attribution-summary'

/** One plot for each answer digit, all on one scale: means as bars, deviations as lines to both sides of their ends. */
export function attributionSummaryChart(input: AttributionSummaryInput, display: Display): Chart<SummaryDatum> {
  const { unit } = penOf(display)
  const data = summaryData(input)
  const components = input.mean.labels.component ?? []
  const digits = input.mean.labels.digit ?? []
  const limit = symmetricLimit(data.flatMap(({ mean, std }) => [mean - (std || 0), mean + (std || 0)]))
  const left = 80 * unit
  // Three numbers have room in a narrow plot, five in others.
  const share = (display.width - left) / Math.max(digits.length, 1)
  const step = share < 170 * unit ? limit : limit / 2
  const boxes = digits.map((_, digit): Box => {
    const width = Math.max(share - 28 * unit, 1)
    return { x: left + digit * share, y: 18 * unit, width, height: Math.max(display.height - 38 * unit, 1) }
  })
  const rowHeight = (boxes[0]?.height ?? 0) / Math.max(components.length, 1)
  const of = (digit: number) => data.filter(({ focus }) => focus === digit)
  const names = components.map((text) => ({ text }))
  const targets = digits.flatMap((_, digit) =>
    of(digit).map((datum, row) => {
      return { ...boxes[digit]!, y: boxes[digit]!.y + row * rowHeight, height: rowHeight, datum }
    }),
  )
  return chart(display, targets, {
    title: digits.map((name, digit) => heading(name, name, boxes[digit]!.x, 8 * unit, display)),
    grid: boxes.map(gridIn),
    xAxis: digits.map((_, grid) => valueAxis({ min: -limit, max: limit, step, grid, signed: true }, display)),
    yAxis: digits.map((_, grid) => rowAxis({ names, grid, mono: true, show: grid === 0, zeroLine: true }, display)),
    series: digits.flatMap((name, digit) => [
      means(name, digit, of(digit), rowHeight, display),
      markSeries(`${name} deviation`, deviations(of(digit), boxes[digit]!, limit, rowHeight, display), digit),
    ]),
  })
}

function means(
  id: string,
  axes: number,
  data: readonly SummaryDatum[],
  rowHeight: number,
  display: Display,
): BarSeriesOption {
  return { ...rowBars(id, axes, rowHeight * 0.58, display), data: data.map(({ mean }) => signedBar(mean, display)) }
}

function deviations(
  data: readonly SummaryDatum[],
  { x, y, width }: Box,
  limit: number,
  rowHeight: number,
  display: Display,
): Mark[] {
  const { unit, ink2 } = penOf(display)
  const at = (value: number) => x + width / 2 + ((value / limit) * width) / 2
  const paths = data.flatMap(({ mean, std }, row) => {
    if (Number.isNaN(mean) || Number.isNaN(std)) return []
    const middle = y + (row + 0.5) * rowHeight
    return [[at(mean - std), middle, at(mean + std), middle]]
  })
  return [{ kind: 'lines', paths, stroke: ink2, strokeWidth: 1.5 * unit }]
}
