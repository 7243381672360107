import type { CustomSeriesOption } from 'echarts'
import { metrics, tokensOf, type Display } from '../drawing/display'
import { gridIn } from '../echarts/axes'
import type { Rect } from '../drawing/drawing'
import type { Needle } from './needle-rows'

export type NeedleBox = Pick<Rect, 'x' | 'y' | 'width' | 'height'>

/** One needle: shares of the sums by attention, with a carry upwards and without downwards, and where this sum stands. */
export function needlePlot(needle: Needle, box: NeedleBox, index: number, display: Display) {
  const { unit } = metrics(display)
  const { solid, ink2, ctl, acc, panel } = tokensOf(display)
  const { carry, none, clean, now, unread } = needle
  const bins = carry.length
  const place = { xAxisIndex: index, yAxisIndex: index, type: 'custom', silent: true, progressive: 0 } as const
  const color = unread === null ? solid : ctl
  const bars = (id: string, shares: ArrayLike<number>, sign: 1 | -1): CustomSeriesOption => ({
    ...place,
    id: `${id} ${index}`,
    // The height is the square root of the share, so that few sums are seen beside many.
    data: Array.from(shares, (share, bin) => [(bin + 0.5) / bins, sign * Math.sqrt(share)]),
    renderItem: (_, api) => {
      const [value, height] = [Number(api.value(0)), Number(api.value(1))]
      const [x, y] = api.coord([value, height]) as [number, number]
      const base = api.coord([value, 0])[1]!
      const width = box.width / bins
      const shape = { x: x - width / 2, y: Math.min(y, base), width: width - 0.5 * unit, height: Math.abs(y - base) }
      const style =
        sign === 1 ? { fill: color } : { fill: 'none', stroke: unread === null ? ink2 : ctl, lineWidth: unit }
      return height === 0 ? null : { type: 'rect', shape, style }
    },
  })
  const moved = Math.abs(now - clean) >= 0.0005
  const marks = [
    ...(Number.isNaN(clean) ? [] : [{ value: clean, filled: false }]),
    ...(Number.isNaN(now) || !moved ? [] : [{ value: now, filled: true }]),
  ]
  const here: CustomSeriesOption = {
    ...place,
    id: `here ${index}`,
    z: 3,
    data: marks.map(({ value, filled }) => [value, filled ? 1 : 0]),
    renderItem: (_, api) => {
      const filled = api.value(1) === 1
      const [x, y] = api.coord([Number(api.value(0)), 1.15]) as [number, number]
      const bottom = api.coord([0, -1.1])[1]!
      const reach = 4 * unit
      const points = [
        [x - reach, y - reach],
        [x + reach, y - reach],
        [x, y + reach],
      ]
      const stroke = { stroke: acc, lineWidth: 1.5 * unit }
      return {
        type: 'group',
        children: [
          {
            type: 'line',
            shape: { x1: x, y1: y, x2: x, y2: bottom },
            style: { ...stroke, ...(filled ? {} : { lineDash: [2 * unit, 2 * unit] }) },
          },
          { type: 'polygon', shape: { points }, style: { ...stroke, fill: filled ? acc : panel } },
        ],
      }
    },
  }
  const bare = { show: false, type: 'value' as const, gridIndex: index }
  return {
    grid: gridIn(box),
    xAxis: { ...bare, min: 0, max: 1 },
    yAxis: { ...bare, min: -1.5, max: 1.5 },
    series: [axisLine(place, display), bars('carry', carry, 1), bars('none', none, -1), here],
  }
}

function axisLine(place: Pick<CustomSeriesOption, 'xAxisIndex' | 'yAxisIndex' | 'type'>, display: Display) {
  const { unit } = metrics(display)
  return {
    ...place,
    id: `axis ${place.xAxisIndex}`,
    type: 'custom' as const,
    silent: true,
    data: [[0, 0]],
    renderItem: (_: unknown, api: { coord(value: number[]): number[] }) => {
      const [[x1, y1], [x2, y2]] = [api.coord([0, 0]), api.coord([1, 0])] as [[number, number], [number, number]]
      return {
        type: 'line' as const,
        shape: { x1, y1, x2, y2 },
        style: { stroke: tokensOf(display).ctl, lineWidth: unit },
      }
    },
  }
}
