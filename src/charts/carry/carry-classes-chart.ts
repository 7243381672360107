import type { BarSeriesOption } from 'echarts'
import { chart, type Chart } from '../drawing/chart'
import type { Display } from '../drawing/display'
import type { Box, Mark, Target } from '../drawing/drawing'
import { penOf } from '../drawing/pen'
import { countText } from '../../core/counted'
import { gridIn, rowAxis } from '../echarts/axes'
import { rowBars } from '../echarts/bars'
import { markSeries } from '../echarts/marks'
import { classesLayout, headHeight, leastRow, type ClassesLayout } from './carry-classes-layout'
import { classMeasures, type CarryClassRow, type ClassDatum, type ClassesInput, type ClassOrder } from './carry-classes'
import { fewSums } from './carry-findings'

/** As many classes as fit, each with its numbers and a bar beside them: its loss, and its share of sums with every digit right. */
export function carryClassesChart(input: ClassesInput, display: Display): Chart<ClassDatum> {
  const { unit } = penOf(display)
  const { width, height } = display
  const fitting = Math.max(Math.floor((height - headHeight * unit) / (leastRow * unit)), 1)
  const shown = firstRows(input, fitting)
  const layout = classesLayout(input, shown, display)
  const { top, rowHeight, columns } = layout
  const bars = classMeasures.map((measure, index) => {
    const { barX, barWidth } = columns[index]!
    return { measure, box: { x: barX, y: top, width: barWidth, height: shown.length * rowHeight } }
  })
  const drawn = bars.filter(({ box }) => box.width > 0)
  const names = shown.map(({ pattern }) => ({ text: pattern }))
  const numbers = [...headings(input, shown, layout, display), ...rowMarks(input, shown, layout, display)]
  const clean = input.runs === 'now' ? [] : drawn.flatMap((one) => outlines(one, shown, rowHeight, display))
  const targets = [
    ...(['n', ...classMeasures.map(({ order }) => order)] as const).map((order, index): Target<ClassDatum> => {
      const from = index === 0 ? 0 : columns[index - 1]!.from
      const to = columns[index]?.from ?? width
      return { x: from, y: 0, width: to - from, height: top, datum: { order } }
    }),
    ...shown.map((datum, row): Target<ClassDatum> => {
      return { x: 0, y: top + row * rowHeight, width, height: rowHeight, datum }
    }),
  ]
  return chart(display, targets, {
    grid: drawn.map(({ box }) => gridIn(box)),
    xAxis: drawn.map(({ measure }, gridIndex) => {
      return { type: 'value' as const, gridIndex, show: false, min: 0, max: limitOf(measure, shown) }
    }),
    yAxis: drawn.map((_, grid) => rowAxis({ names, grid, show: false, zeroLine: true }, display)),
    series: [
      markSeries('numbers', numbers, null),
      ...drawn.map(({ measure }, index) => barSeries(input, shown, measure, index, rowHeight, display)),
      markSeries('clean', clean, null),
    ],
  })
}

/** The first rows, with the class of the sum on screen in the last place where it would not be among them. */
function firstRows({ rows, own }: ClassesInput, count: number): readonly CarryClassRow[] {
  const first = rows.slice(0, count)
  const ownRow = rows.find(({ pattern }) => pattern === own)
  return !ownRow || first.includes(ownRow) ? first : [...first.slice(0, -1), ownRow]
}

type Measure = (typeof classMeasures)[number]

/** What a whole bar stands for: every sum right, or the largest loss that is shown. */
function limitOf({ most, clean, now }: Measure, shown: readonly CarryClassRow[]): number {
  return most ?? (Math.max(...shown.flatMap((row) => [clean(row), now(row)]).filter(Number.isFinite)) || 1)
}

function barSeries(
  { runs }: ClassesInput,
  shown: readonly CarryClassRow[],
  { order, now }: Measure,
  axis: number,
  rowHeight: number,
  display: Display,
): BarSeriesOption {
  const { solid, ctl } = penOf(display)
  return {
    ...rowBars(order, axis, rowHeight * 0.5, display),
    data: shown.map((row) =>
      runs === 'clean' || !Number.isFinite(now(row))
        ? '-'
        : { value: now(row), itemStyle: { color: row.n < fewSums ? ctl : solid } },
    ),
  }
}

function outlines(
  { measure, box }: { readonly measure: Measure; readonly box: Box },
  shown: readonly CarryClassRow[],
  rowHeight: number,
  display: Display,
): Mark[] {
  const { unit, ink2, ctl } = penOf(display)
  const limit = limitOf(measure, shown)
  return shown.flatMap((row, index): Mark[] => {
    const value = measure.clean(row)
    if (!Number.isFinite(value)) return []
    const place = { x: box.x, y: box.y + (index + 0.18) * rowHeight, height: rowHeight * 0.64 }
    const width = Math.max((value / limit) * box.width, 0.5)
    return [{ kind: 'rect', ...place, width, stroke: row.n < fewSums ? ctl : ink2, strokeWidth: 1.5 * unit }]
  })
}

function headings(
  { rows, order }: ClassesInput,
  shown: readonly CarryClassRow[],
  { top, columns, countRight }: ClassesLayout,
  display: Display,
): Mark[] {
  const { ink, text, rule } = penOf(display)
  const y = top / 2
  const heading = (of: ClassOrder, x: number, words: string): Mark =>
    of === order
      ? text(x, y, `${words} ▾`, { fill: ink, weight: 650, anchor: 'end' })
      : text(x, y, words, { anchor: 'end' })
  const counts = shown.length === rows.length ? 'Class' : `${shown.length} of ${rows.length}`
  return [
    text(0, y, counts),
    heading('n', countRight, 'n'),
    ...classMeasures.map(({ order: of }, index) => heading(of, columns[index]!.textRight, columns[index]!.heading)),
    rule([0, top], [display.width, top]),
  ]
}

function rowMarks(
  { own, runs }: ClassesInput,
  shown: readonly CarryClassRow[],
  layout: ClassesLayout,
  display: Display,
): Mark[] {
  const { unit, label, ink, ink3, acc, accbg, text, rule } = penOf(display)
  const { top, rowHeight, columns, countRight, nameWidth, showsBoth } = layout
  const size = label + unit
  return shown.flatMap((row, index): Mark[] => {
    const y = top + (index + 0.5) * rowHeight
    const fill = row.n < fewSums ? ink3 : ink
    const isOwn = row.pattern === own
    const below = top + (index + 1) * rowHeight
    const number = (x: number, words: string, weight = 400) => text(x, y, words, { size, fill, weight, anchor: 'end' })
    const place = { x: 0, y: below - rowHeight, width: display.width, height: rowHeight }
    return [
      ...(isOwn ? [{ kind: 'rect', ...place, fill: accbg } as const] : []),
      rule([0, below], [display.width, below]),
      text(0, y, row.pattern, { size, fill, font: 'mono', weight: isOwn ? 700 : 500 }),
      ...(isOwn ? [text(nameWidth, y, '◂', { size, fill: acc })] : []),
      number(countRight, countText(row.n)),
      ...classMeasures.flatMap(({ clean, now, text: figure }, column): Mark[] => {
        const { textRight, nowWidth } = columns[column]!
        if (runs !== 'both') return [number(textRight, figure(now(row)))]
        const second = number(textRight, figure(now(row)), 650)
        return showsBoth ? [number(textRight - nowWidth, `${figure(clean(row))} → `), second] : [second]
      }),
    ]
  })
}
