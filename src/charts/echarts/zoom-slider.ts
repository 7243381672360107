import type { Box } from '../drawing/drawing'
import type { DataZoomComponentOption } from 'echarts'
import { metrics, tokensOf, type Display } from '../drawing/display'

/** A stretch of an axis, in shares of the whole of it: what is zoomed into. */
export type Stretch = readonly [from: number, to: number]

export const wholeStretch: Stretch = [0, 1]

/** The shortest stretch that can be zoomed into. */
export const shortestStretch = 0.05

/** A stretch so many times as long, around what stands at a share of it, within the axis. */
export function zoomed([from, to]: Stretch, times: number, around: number): Stretch {
  const length = Math.min(Math.max((to - from) * times, shortestStretch), 1)
  const middle = from + (to - from) * around
  const start = Math.min(Math.max(middle - length * around, 0), 1 - length)
  return [start, start + length]
}

/** A share in per cent, with two decimals: what the slider was dragged to is then what it is told. */
export function percentOf(share: number): number {
  return Math.round(share * 10_000) / 100
}

/**
 * ECharts' slider below a plot, whose ends are dragged to zoom into its x axis. The wheel is left to the page. What else is drawn
 * between the axes has to follow the same stretch.
 */
export function zoomSlider(
  { x, y, width, height }: Box,
  [from, to]: Stretch,
  display: Display,
): DataZoomComponentOption {
  const { line, raised, accbg, acc, panel } = tokensOf(display)
  const { unit } = metrics(display)
  return {
    type: 'slider',
    id: 'stretch',
    xAxisIndex: 0,
    start: percentOf(from),
    end: percentOf(to),
    minSpan: 100 * shortestStretch,
    filterMode: 'none',
    left: x,
    top: y,
    width,
    height,
    showDetail: false,
    showDataShadow: false,
    brushSelect: false,
    moveHandleSize: 0,
    borderColor: line,
    backgroundColor: raised,
    fillerColor: accbg,
    handleSize: '160%',
    handleStyle: { color: panel, borderColor: acc, borderWidth: 1.5 * unit },
    emphasis: { handleStyle: { color: acc, borderColor: acc } },
  }
}
