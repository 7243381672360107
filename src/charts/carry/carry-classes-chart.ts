import type { BarSeriesOption } from 'echarts'
import type { Chart } from '../drawing/chart'
import { metrics, tokensOf, type Display } from '../drawing/display'
import type { Mark, Target } from '../drawing/drawing'
import { countText } from '../../core/counted'
import { gridIn, rowAxis } from '../echarts/axes'
import { markSeries } from '../echarts/marks'
import { classesLayout, headHeight, leastRow, type ClassesLayout } from './carry-classes-layout'
import { classMeasures, type CarryClassRow, type ClassDatum, type ClassesInput, type ClassOrder } from './carry-classes'
import { fewSums } from './carry-findings'

/** As many classes as fit, each with its numbers and a bar beside them: its loss, and its share of sums with every digit right. */
export function carryClassesChart(input: ClassesInput, display: Display): Chart<ClassDatum> {
  const { unit } = metrics(display)
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
  return {
    width,
    height,
    option: {
      animation: false,
      grid: drawn.map(({ box }) => gridIn(box)),
      xAxis: drawn.map(({ measure }, gridIndex) => {
        return { type: 'value' as const, gridIndex, show: false, min: 0, max: limitOf(measure, shown) }
      }),
      yAxis: drawn.map((_, grid) => {
        const names = shown.map(({ pattern }) => ({ text: pattern }))
        return rowAxis({ names, grid, show: false, zeroLine: true }, display)
      }),
      series: [
        markSeries(
          'numbers',
          [...headings(input, shown, layout, display), ...rowMarks(input, shown, layout, display)],
          null,
        ),
        ...drawn.map(({ measure }, index) => barSeries(input, shown, measure, index, rowHeight, display)),
        markSeries(
          'clean',
          input.runs === 'now' ? [] : drawn.flatMap((one) => outlines(one, shown, rowHeight, display)),
          null,
        ),
      ],
    },
    targets: [
      ...(['n', ...classMeasures.map(({ order }) => order)] as const).map((order, index): Target<ClassDatum> => {
        const from = index === 0 ? 0 : columns[index - 1]!.from
        const to = columns[index]?.from ?? width
        return { x: from, y: 0, width: to - from, height: top, datum: { order } }
      }),
      ...shown.map((datum, row): Target<ClassDatum> => {
        return { x: 0, y: top + row * rowHeight, width, height: rowHeight, datum }
      }),
    ],
  }
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
  const { solid, ctl, acc } = tokensOf(display)
  return {
    type: 'bar',
    id: order,
    xAxisIndex: axis,
    yAxisIndex: axis,
    barWidth: rowHeight * 0.5,
    cursor: 'inherit',
    emphasis: { itemStyle: { borderColor: acc, borderWidth: 1.5 * metrics(display).unit } },
    data: shown.map((row) =>
      runs === 'clean' || !Number.isFinite(now(row))
        ? '-'
        : { value: now(row), itemStyle: { color: row.n < fewSums ? ctl : solid } },
    ),
  }
}

function outlines(
  {
    measure,
    box,
  }: { readonly measure: Measure; readonly box: { readonly x: number; readonly y: number; readonly width: number } },
  shown: readonly CarryClassRow[],
  rowHeight: number,
  display: Display,
): Mark[] {
  const { unit } = metrics(display)
  const { ink2, ctl } = tokensOf(display)
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
  const { unit, label: size } = metrics(display)
  const { ink, ink2, line } = tokensOf(display)
  const y = top / 2
  const heading = (of: ClassOrder, x: number, text: string): Mark => {
    const sorted = of === order
    const look = { size, fill: sorted ? ink : ink2, weight: sorted ? 650 : 400, anchor: 'end' } as const
    return { kind: 'text', x, y, text: sorted ? `${text} ▾` : text, ...look }
  }
  const counts = shown.length === rows.length ? 'Class' : `${shown.length} of ${rows.length}`
  return [
    { kind: 'text', x: 0, y, text: counts, size, fill: ink2 },
    heading('n', countRight, 'n'),
    ...classMeasures.map(({ order: of }, index) => heading(of, columns[index]!.textRight, columns[index]!.heading)),
    { kind: 'lines', paths: [[0, top, display.width, top]], stroke: line, strokeWidth: unit },
  ]
}

function rowMarks(
  { own, runs }: ClassesInput,
  shown: readonly CarryClassRow[],
  layout: ClassesLayout,
  display: Display,
): Mark[] {
  const { unit, label } = metrics(display)
  const { ink, ink3, acc, accbg, line } = tokensOf(display)
  const { top, rowHeight, columns, countRight, nameWidth, showsBoth } = layout
  const size = label + unit
  return shown.flatMap((row, index): Mark[] => {
    const y = top + (index + 0.5) * rowHeight
    const fill = row.n < fewSums ? ink3 : ink
    const isOwn = row.pattern === own
    const below = top + (index + 1) * rowHeight
    const number = (x: number, text: string, weight = 400): Mark => {
      return { kind: 'text', x, y, text, size, fill, weight, anchor: 'end' }
    }
    const ground: Mark = {
      kind: 'rect',
      x: 0,
      y: below - rowHeight,
      width: display.width,
      height: rowHeight,
      fill: accbg,
    }
    return [
      ...(isOwn ? [ground] : []),
      { kind: 'lines', paths: [[0, below, display.width, below]], stroke: line, strokeWidth: unit },
      { kind: 'text', x: 0, y, text: row.pattern, size, fill, font: 'mono', weight: isOwn ? 700 : 500 },
      ...(isOwn ? [{ kind: 'text', x: nameWidth, y, text: '◂', size, fill: acc } as const] : []),
      number(countRight, countText(row.n)),
      ...classMeasures.flatMap(({ clean, now, text }, column): Mark[] => {
        const { textRight, nowWidth } = columns[column]!
        if (runs !== 'both') return [number(textRight, text(now(row)))]
        const second = number(textRight, text(now(row)), 650)
        return showsBoth ? [number(textRight - nowWidth, `${text(clean(row))} → `), second] : [second]
      }),
    ]
  })
}
