import { decimalText, minus } from '../drawing/number-text'
import { wholeStretch, type Stretch } from '../echarts/zoom-slider'

/** Where values stand on an axis from 0, its beginning, to 1, and which of them are written. */
export interface Scale {
  place(value: number): number
  readonly ticks: readonly { readonly at: number; readonly text: string }[]
}

/**
 * Steps by their square root, for most happens in the first of them; ticks are at least so far apart, in shares of the axis. Of a
 * stretch of the axis, from its beginning at 0 to its end at 1.
 */
export function stepScale(steps: number, apart: number, [from, to]: Stretch = wholeStretch): Scale {
  const place = (step: number) => (Math.sqrt(step / Math.max(steps, 1)) - from) / (to - from)
  const top = Math.floor(Math.log10(Math.max(steps, 1)))
  const round = Array.from({ length: top + 1 }, (_, down) =>
    (down === 0 ? [5, 3, 2, 1] : [5, 1]).map((digit) => digit * 10 ** (top - down)),
  ).flat()
  // A short stretch may hold none of those.
  const finer = to - from < 1 ? Array.from({ length: 100 }, (_, index) => (index + 1) * 10 ** Math.max(top - 1, 0)) : []
  const taken: number[] = from > 0 ? [] : [0]
  // From the right, where the ticks of a linear axis would be expected.
  for (const step of [...round, ...finer].filter((each) => each <= steps && place(each) >= 0 && place(each) <= 1))
    if (taken.every((other) => Math.abs(place(other) - place(step)) >= apart)) taken.push(step)
  return { place, ticks: taken.map((step) => ({ at: place(step), text: stepText(step) })) }
}

/** `0`, `500`, `1.5k`, `30k`. */
export function stepText(step: number): string {
  return step < 1000 ? String(step) : `${Number((step / 1000).toPrecision(3))}k`
}

/** Powers of ten around positive values; where any is 0, that stands on a line of its own below them. */
export function logScale(values: readonly number[], textOf: (power: number) => string): Scale {
  const positive = values.filter((value) => value > 0 && Number.isFinite(value))
  const low = Math.floor(Math.log10(Math.min(...positive, 1)) + 1e-9)
  const high = Math.max(Math.log10(Math.max(...positive, 0.1)), low + 1)
  const zero = values.includes(0)
  const rows = high - low + (zero ? 0.7 : 0)
  const place = (value: number) => (value > 0 ? 1 - (high - Math.log10(value)) / rows : 0)
  const [top, every] = [Math.floor(high + 1e-9), Math.ceil((high - low) / 7)]
  const powers = Array.from({ length: Math.floor((top - low) / every) + 1 }, (_, index) => top - index * every)
  const ticks = powers.map((power) => ({ at: place(10 ** power), text: textOf(power) }))
  return { place, ticks: zero ? [...ticks, { at: 0, text: '0' }] : ticks }
}

/** Powers of ten around losses, written out as long as they are short. */
export function lossScale(values: readonly number[]): Scale {
  return logScale(values, (power) => (power >= -3 ? String(10 ** power) : `1e${minus}${-power}`))
}

/** From 0, or a round number below all values, to one above, in some five steps of a round size. What is hardly below one stays there. */
export function linearScale(values: readonly number[]): Scale {
  const [lowest, highest] = [Math.min(0, ...values), Math.max(...values, 0)]
  const rough = (highest - lowest || 1) / 5
  const power = 10 ** Math.floor(Math.log10(rough))
  const step = power * [1, 2, 5, 10].find((factor) => factor * power >= rough)!
  const [first, last] = [Math.floor(lowest / step + 0.1), Math.max(Math.ceil(highest / step - 1e-9), 1)]
  const place = (value: number) => (value / step - first) / (last - first)
  const decimals = Math.max(0, -Math.floor(Math.log10(step) + 1e-9))
  const ticks = Array.from({ length: last - first + 1 }, (_, index) => (first + index) * step)
  return { place, ticks: ticks.map((value) => ({ at: place(value), text: decimalText(value, decimals) })) }
}

/** Per cent, from 0 to 100. */
export const percentScale: Scale = {
  place: (value) => value / 100,
  ticks: [0, 50, 100].map((value) => ({ at: value / 100, text: String(value) })),
}
