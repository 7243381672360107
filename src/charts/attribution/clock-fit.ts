import { metrics, type Display } from '../drawing/display'
import type { ClockChain } from './clock-chain'
import type { Point } from './readout-plane'

/** How the plane lies on the picture: the same number of pixels for a unit on both axes. */
export interface ClockFit {
  /** The origin, in CSS pixels. */
  readonly x: number
  readonly y: number
  /** The circle's radius, in CSS pixels and in the plane's units. */
  readonly radius: number
  readonly reach: number
}

/** Radii of the circle that are tried, in the plane's units. */
const reaches = [0.5, 0.7, 1, 1.5, 2, 3, 4, 5, 6, 7, 8, 10, 12, 15, 20, 30, 40, 60, 80, 100, 150, 200, 300, 500, 1000]

/**
 * Fits both chains into the picture. The fit before is kept while the chains stay in the box and are not tiny in it, so
 * that the picture does not jump at every keystroke.
 */
export function clockFit(chains: readonly ClockChain[], display: Display, before: ClockFit | null): ClockFit {
  const radius = Math.max(display.height / 2 - 26 * metrics(display).unit, 1)
  const same = before !== null && Math.abs(before.radius - radius) < 0.5
  if (same && holds(chains, before, display) && farthestEnd(chains) > before.reach / 3) return before
  const fits = reaches.map((reach) => placed(chains, radius, reach, display))
  return fits.find((fit) => holds(chains, fit, display)) ?? fits.at(-1)!
}

/** A point of the plane in the picture, where y grows downwards. */
export function onPicture({ x, y }: Point, fit: ClockFit): Point {
  const scale = fit.radius / fit.reach
  return { x: fit.x + x * scale, y: fit.y - y * scale }
}

/**
 * The circle stands in the middle where the words on its left leave it room, else at the right; further left only where a
 * chain would leave the picture on that side.
 */
function placed(chains: readonly ClockChain[], radius: number, reach: number, display: Display): ClockFit {
  const { unit } = metrics(display)
  const rim = radius + 32 * unit
  const x = Math.min(display.width - rim, Math.max(rim + 170 * unit, display.width / 2))
  const fit = { x, y: display.height / 2 - 2 * unit, radius, reach }
  const right = Math.max(0, ...points(chains).map((point) => onPicture(point, fit).x))
  const over = Math.max(right - (display.width - margin * unit), 0)
  return { ...fit, x: Math.max(fit.x - over, Math.min(rim, fit.x)) }
}

const margin = 12

function holds(chains: readonly ClockChain[], fit: ClockFit, display: Display): boolean {
  const edge = margin * metrics(display).unit
  const inside = points(chains).every((point) => {
    const { x, y } = onPicture(point, fit)
    return x >= edge && x <= display.width - edge && y >= edge / 2 && y <= display.height - edge / 2
  })
  return inside && farthestEnd(chains) * 1.12 <= fit.reach
}

function points(chains: readonly ClockChain[]): Point[] {
  return chains.flatMap(({ arrows }) => arrows.map((arrow) => arrow.to)).filter(({ x, y }) => !Number.isNaN(x + y))
}

function farthestEnd(chains: readonly ClockChain[]): number {
  const lengths = chains.map(({ end }) => Math.hypot(end.x, end.y))
  return Math.max(0, ...lengths.filter((length) => !Number.isNaN(length)))
}
