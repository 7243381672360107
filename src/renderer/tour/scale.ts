import type { Bounds, Quantity } from '../../tour/claim'

/** Places along a quantity's scale, in percent of its length; null for what is not there. */
export interface Scale {
  readonly value: number | null
  /** Of the model beside. */
  readonly beside: number | null
  readonly confirmed: Zone | null
  readonly refuted: Zone | null
}

interface Zone {
  readonly from: number
  readonly to: number
}

/** What a quantity can be at most, where its unit says so. */
const ends: Partial<Record<Quantity['unit'], readonly [number, number]>> = {
  share: [0, 1],
  correlation: [-1, 1],
  area: [0, 0.5],
  'R²': [0, 1],
}

/** A scale that holds the value, the one beside and every bound; counts are drawn by their logarithm. */
export function scaleOf({ unit, confirmed, refuted }: Quantity, value: number, beside: number): Scale {
  const drawn = unit === 'sums' ? (count: number) => Math.log1p(Math.max(count, 0)) : (number: number) => number
  const bounds = [confirmed.least, confirmed.most, refuted.least, refuted.most].filter((bound) => bound !== undefined)
  const held = [...bounds, ...[value, beside].filter(Number.isFinite)].map(drawn)
  const [low, high] = ends[unit] ?? [Math.min(0, ...held), Math.max(...held) * 1.1 || 1]
  const at = (number: number) => (100 * (Math.min(Math.max(drawn(number), low), high) - low)) / (high - low)
  const zone = ({ least, most }: Bounds): Zone | null =>
    least === undefined && most === undefined
      ? null
      : { from: least === undefined ? 0 : at(least), to: most === undefined ? 100 : Math.max(at(most), 0.5) }
  return {
    value: Number.isFinite(value) ? at(value) : null,
    beside: Number.isFinite(beside) ? at(beside) : null,
    confirmed: zone(confirmed),
    refuted: zone(refuted),
  }
}
