import type { CustomSeriesOption } from 'echarts'
import { asideOf, type CarryGroup } from '../carry/carry-group'
import { metrics, tokensOf, type Display } from '../drawing/display'

/**
 * A mean with its spread: ▲ for sums with a carry, ○ for those without, on a line from mean - sd to mean + sd, cut to 0..1.
 * The groups differ by shape, never by fill: fill says clean or intervened elsewhere. A datum's value is [key, mean, sd].
 */
export function errorMark(group: CarryGroup, display: Display): NonNullable<CustomSeriesOption['renderItem']> {
  const { unit } = metrics(display)
  const { ink, ink2, panel } = tokensOf(display)
  const color = group === 'carry' ? ink : ink2
  const reach = 4 * unit
  const line = { stroke: color, lineWidth: 1.5 * unit }
  return (_, api) => {
    const [key, mean, spread] = [0, 1, 2].map((dimension) => Number(api.value(dimension))) as [number, number, number]
    const heightOf = (value: number) => api.coord([key, Math.min(Math.max(value, 0), 1)])[1]!
    const [x, y] = [api.coord([key, 0])[0]! + asideOf(group, display), heightOf(mean)]
    const shape = { x1: x, y1: heightOf(mean - spread), x2: x, y2: heightOf(mean + spread) }
    const triangle = [
      [x, y - reach],
      [x + reach, y + reach],
      [x - reach, y + reach],
    ]
    return {
      type: 'group',
      children: [
        { type: 'line', shape, style: line },
        group === 'carry'
          ? { type: 'polygon', shape: { points: triangle }, style: { fill: ink } }
          : { type: 'circle', shape: { cx: x, cy: y, r: reach - 0.5 * unit }, style: { fill: panel, ...line } },
      ],
    }
  }
}
