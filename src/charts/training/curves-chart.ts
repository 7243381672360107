import type { LineSeriesOption } from 'echarts'
import { chart, type Chart } from '../drawing/chart'
import type { Display } from '../drawing/display'
import type { Box, Mark } from '../drawing/drawing'
import { classColor } from '../drawing/palette'
import { penOf } from '../drawing/pen'
import { gridIn } from '../echarts/axes'
import { markSeries } from '../echarts/marks'
import { zoomSlider, type Stretch } from '../echarts/zoom-slider'
import { cursorMarks } from './cursor-marks'
import { stepsOf, valueAt, type Curves } from './curves'
import { stepScale } from './scales'

export interface CurvesInput {
  readonly of: Curves
  /** Steps of the whole run, which the axis has room for from the beginning. */
  readonly steps: number
  /** The step that is looked at; null for none. */
  readonly at: number | null
  /** What is zoomed into, where that can be chosen below the curves. */
  readonly stretch?: Stretch
}

/** A step of a run, and what every curve says there. */
export interface CurvesDatum {
  readonly step: number
  readonly values: readonly { readonly name: string; readonly text: string }[]
}

/** Curves over the square root of the step, with the values at the step that is looked at beside their names. */
export function curvesChart({ of, steps, at, stretch }: CurvesInput, display: Display): Chart<CurvesDatum> {
  const { unit, panel } = penOf(display)
  const plot = curvesBox(display)
  const box = stretch ? { ...plot, height: plot.height - 10 * unit } : plot
  const apart = (52 * unit) / box.width
  const [whole, x] = [stepScale(steps, apart), stepScale(steps, apart, stretch)]
  const axis = { type: 'value' as const, min: 0, max: 1, show: false }
  const lines = of.curves.map(({ name, rank, points }): LineSeriesOption => {
    const color = classColor(rank, display)
    return {
      type: 'line',
      id: name,
      silent: true,
      data: points.map(({ step, value }) => [whole.place(step), of.scale.place(value)]),
      showSymbol: of.dots,
      symbol: 'circle',
      symbolSize: 5 * unit,
      itemStyle: { color, borderColor: panel, borderWidth: of.dots ? unit : 0 },
      lineStyle: { color, width: (1.2 + 0.9 * rank) * unit },
      z: 2,
    }
  })
  const isShown = (step: number) => x.place(step) >= 0 && x.place(step) <= 1
  const stepsShown = stepsOf(of.curves).filter(isShown)
  const slider = { x: box.x, y: box.y + box.height + 22 * unit, width: box.width, height: 7 * unit }
  const targets = stepsShown.map((step, index) => {
    const place = (other: number) => box.x + x.place(other) * box.width
    const [before, after] = [stepsShown[index - 1] ?? step, stepsShown[index + 1] ?? step]
    const [from, to] = [(place(before) + place(step)) / 2, (place(step) + place(after)) / 2]
    const values = of.curves.map((curve) => ({ name: curve.name, text: of.textOf(valueAt(curve, step)) }))
    return { x: from, y: box.y, width: Math.max(to - from, 1), height: box.height, datum: { step, values } }
  })
  return chart(display, targets, {
    grid: gridIn(box),
    xAxis: axis,
    yAxis: axis,
    ...(stretch && { dataZoom: [zoomSlider(slider, stretch, display)] }),
    series: [
      markSeries('ground', ground(box, of, x.ticks, display)),
      ...lines,
      { ...markSeries('cursor', at === null || !isShown(at) ? [] : cursorMarks({ of, box, at, x }, display)), z: 4 },
    ],
  })
}

/** The place between the axes. */
export function curvesBox({ width, height, stage }: Display): Box {
  const unit = stage ? 2 : 1
  return { x: 40 * unit, y: 8 * unit, width: width - 52 * unit, height: height - 30 * unit }
}

function ground(
  { x, y, width, height }: Box,
  { scale }: Curves,
  ticks: readonly { readonly at: number; readonly text: string }[],
  display: Display,
): Mark[] {
  const { unit, ink3: fill, line, text } = penOf(display)
  const up = (at: number) => y + (1 - at) * height
  const paths = scale.ticks.map(({ at }) => [x, up(at), x + width, up(at)])
  const below = y + height + 12 * unit
  return [
    { kind: 'lines', paths, stroke: line, strokeWidth: unit },
    ...scale.ticks.map(({ at, text: words }) => text(x - 6 * unit, up(at), words, { fill, anchor: 'end' })),
    ...ticks.map(({ at, text: words }) => text(x + at * width, below, words, { fill, anchor: 'middle' })),
  ]
}
