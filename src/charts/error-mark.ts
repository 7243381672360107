import type { CustomSeriesRenderItem } from 'echarts'
import type { CarryGroup } from './carry-attention'
import { metrics, tokensOf, type Display } from './display'

/**
 * A mean with its spread: ▲ for sums with a carry, ○ for those without, a little to either side of the key, on a line from
 * mean - sd to mean + sd, cut to 0..1. The groups differ by shape, never by fill: fill says clean or intervened elsewhere.
 */
export function errorMark(group: CarryGroup, display: Display): CustomSeriesRenderItem {
  const { unit } = metrics(display)
  const { ink, ink2, panel } = tokensOf(display)
  const reach = 3.5 * unit
  const color = group === 'carry' ? ink : ink2
  return (_, api) => {
    const [key, mean, spread] = [0, 1, 2].map((dimension) => Number(api.value(dimension))) as [number, number, number]
    if (Number.isNaN(mean)) return null
    const deviation = Number.isNaN(spread) ? 0 : spread
    const aside = (group === 'carry' ? 1 : -1) * 3 * unit
    const place = (value: number) => api.coord([key, Math.min(Math.max(value, 0), 1)]) as [number, number]
    const [x, y] = [place(mean)[0] + aside, place(mean)[1]]
    const [low, high] = [place(mean - deviation)[1], place(mean + deviation)[1]]
    const spreadLine = {
      type: 'line' as const,
      shape: { x1: x, y1: low, x2: x, y2: high },
      style: { stroke: color, lineWidth: 1.5 * unit },
    }
    const points = [
      [x, y - reach],
      [x + reach, y + reach],
      [x - reach, y + reach],
    ]
    const symbol =
      group === 'carry'
        ? { type: 'polygon' as const, shape: { points }, style: { fill: ink } }
        : {
            type: 'circle' as const,
            shape: { cx: x, cy: y, r: reach - 0.5 },
            style: { fill: panel, stroke: color, lineWidth: 1.5 * unit },
          }
    return { type: 'group', children: [spreadLine, symbol] }
  }
}
