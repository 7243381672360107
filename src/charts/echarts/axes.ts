import type { GridComponentOption, XAXisComponentOption, YAXisComponentOption } from 'echarts'
import { fonts, metrics, tokensOf, type Display } from '../drawing/display'
import type { Box } from '../drawing/drawing'
import { decimalText } from '../drawing/number-text'

/** A grid that fills exactly this box; the names of its axes stand around it. */
export function gridIn({ x, y, width, height }: Box): GridComponentOption {
  return { left: x, top: y, width: Math.max(width, 1), height: Math.max(height, 1), outerBoundsMode: 'none' }
}

/** One name of a category axis. */
export interface AxisName {
  readonly text: string
  /** `accent`: the one that is looked at; `bold`: a total; `bad`: what is wrong. */
  readonly look?: 'accent' | 'bold' | 'bad' | undefined
}

interface CategoryAxis {
  readonly names: readonly AxisName[]
  /** Which of the chart's grids it belongs to. */
  readonly grid?: number
  readonly mono?: boolean
  /** From the names to the grid, in Explore's pixels. */
  readonly margin?: number
  readonly show?: boolean
  /** Whether a line stands where the other axis is 0. */
  readonly zeroLine?: boolean
  /** By how many degrees the names are turned, where they have no room side by side. */
  readonly turned?: number
}

/** Columns, named above or below their grid, without a line. */
export function columnAxis(axis: CategoryAxis & { side: 'top' | 'bottom' }, display: Display): XAXisComponentOption {
  return { ...categories(axis, display), position: axis.side }
}

/** Rows, named to the left of their grid, the first on top. */
export function rowAxis(axis: CategoryAxis, display: Display): YAXisComponentOption {
  return { ...categories(axis, display), inverse: true }
}

function categories(axis: CategoryAxis, display: Display) {
  const { names, grid = 0, mono = false, margin = 7, show = true, zeroLine = false, turned = 0 } = axis
  const { unit, label } = metrics(display)
  const { ink, ink2, acc, bad, ctl } = tokensOf(display)
  const colors = { accent: acc, bold: ink, bad }
  const data = names.map(({ text: value, look }) =>
    look ? { value, textStyle: { color: colors[look], fontWeight: 700 as const } } : value,
  )
  const axisLabel = {
    show,
    interval: 0,
    margin: margin * unit,
    ...(turned > 0 && { rotate: turned }),
    color: ink2,
    fontFamily: mono ? fonts.mono : fonts.sans,
    fontSize: mono ? label + unit : label,
  }
  const axisLine = { show: zeroLine, onZero: true, lineStyle: { color: ctl, width: unit } }
  return { type: 'category' as const, gridIndex: grid, data, axisLine, axisTick: { show: false }, axisLabel }
}

interface ValueAxis {
  readonly min: number
  readonly max: number
  /** From tick to tick. */
  readonly step: number
  readonly grid?: number
  /** Whether the largest value is written with its sign. */
  readonly signed?: boolean
  /** From the numbers to the grid, in Explore's pixels. */
  readonly margin?: number
}

/** Numbers along a grid's edge, with a quiet rule at each; the same below and beside. */
export function valueAxis({ min, max, step, grid = 0, signed = false, margin = 6 }: ValueAxis, display: Display) {
  const { unit, label } = metrics(display)
  const { ink3, line } = tokensOf(display)
  const decimals = Number.isInteger(step) ? 0 : step * 10 === Math.round(step * 10) ? 1 : 2
  return {
    type: 'value' as const,
    gridIndex: grid,
    min,
    max,
    interval: step,
    axisLine: { show: false },
    axisTick: { show: false },
    splitLine: { lineStyle: { color: line, width: unit } },
    axisLabel: {
      showMinLabel: true,
      showMaxLabel: true,
      margin: margin * unit,
      color: ink3,
      fontFamily: fonts.sans,
      fontSize: label,
      formatter: (value: number) =>
        (signed && value === max ? '+' : '') + decimalText(value, Number.isInteger(value) ? 0 : decimals),
    },
  }
}

/** A heading inside a chart, its middle `y` pixels below the top. */
export function heading(id: string, text: string, x: number, y: number, display: Display) {
  const { label } = metrics(display)
  const textStyle = { color: tokensOf(display).ink3, fontFamily: fonts.sans, fontSize: label, fontWeight: 400 as const }
  return { id, text, left: x, top: y, textVerticalAlign: 'middle' as const, padding: 0, textStyle }
}
