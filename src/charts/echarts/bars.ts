import type { BarSeriesOption } from 'echarts'
import type { Display } from '../drawing/display'
import { signColors } from '../drawing/palette'
import { penOf } from '../drawing/pen'
import { signDecal } from './decals'

/** Bars along the rows of a grid, `thick` CSS pixels each, which are framed when they are pointed at. */
export function rowBars(id: string, axes: number, thick: number, display: Display): BarSeriesOption {
  const { acc, unit } = penOf(display)
  return {
    type: 'bar',
    id,
    xAxisIndex: axes,
    yAxisIndex: axes,
    barWidth: thick,
    cursor: 'inherit',
    emphasis: { itemStyle: { borderColor: acc, borderWidth: 1.5 * unit } },
  }
}

/** A bar in the colour of its sign, or in one of its own; none where there is no value. */
export function signedBar(value: number, display: Display, color?: string) {
  if (Number.isNaN(value)) return '-'
  const { negative, positive } = signColors(display)
  return { value, itemStyle: { color: color ?? (value < 0 ? negative : positive), ...signDecal(value, display) } }
}
