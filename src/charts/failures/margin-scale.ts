import type { EverySum } from '../../contract/exhaustive'
import { unitColor, type PaletteChoice } from '../drawing/palette'

/** Logits at the dark and at the light end. */
export interface MarginScale {
  readonly low: number
  readonly high: number
}

/** From the floor of the smallest margin, never below 0 (what is wrong is red), to the 98th percentile of all cells, whole logits. */
export function marginScale({ byPrefix }: Pick<EverySum, 'byPrefix'>): MarginScale {
  const cells = Float64Array.from(byPrefix.marginMin.data.filter((margin) => Number.isFinite(margin))).sort()
  if (cells.length === 0) return { low: 0, high: 1 }
  const low = Math.max(0, Math.floor(cells[0]!))
  const high = Math.ceil(cells[Math.min(cells.length - 1, Math.floor(0.98 * cells.length))]!)
  return { low, high: Math.max(high, low + 1) }
}

/** The same scale, with its weak end lowered to the weakest cell where that is below it. */
export function loweredTo({ byPrefix }: Pick<EverySum, 'byPrefix'>, scale: MarginScale): MarginScale {
  let smallest = scale.low
  for (const margin of byPrefix.marginMin.data) if (margin < smallest) smallest = margin
  return smallest < scale.low ? { ...scale, low: Math.max(0, Math.floor(smallest)) } : scale
}

/** A cell's scale of its own: the same floor, up to its largest. */
export function cellScale(margins: Float32Array): MarginScale {
  let [low, high] = [Infinity, -Infinity]
  for (let index = 0; index < margins.length; index++) {
    const margin = margins[index]!
    if (!Number.isFinite(margin)) continue
    low = Math.min(low, margin)
    high = Math.max(high, margin)
  }
  if (low > high) return { low: 0, high: 1 }
  const floor = Math.max(0, Math.floor(low))
  return { low: floor, high: Math.max(Math.ceil(high), floor + 1) }
}

/** Dark is weak in either theme's palette of one hue: its end that stands out from the panel is for the smallest margin. */
export function marginColor(margin: number, { low, high }: MarginScale, choice: PaletteChoice): string {
  return unitColor(1 - (margin - low) / (high - low), choice)!
}

/** Whether a margin is outside a stretch from its first value, included, to its second; nothing is outside of none. */
export function isOutside(margin: number, range: readonly [number, number] | null): boolean {
  return range !== null && (margin < range[0] || margin >= range[1])
}
