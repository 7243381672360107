import { realFourier } from '../../core/fourier'
import { decimalText } from '../drawing/number-text'

/** Functions of the ten digits as waves: what sentences about them are made of. */

/** Outputs that are digits. */
export const digits = 10

/** How the squared length of rows of ten divides among the frequencies 0 to 5; shares that add up to 1, NaN where all is 0. */
export function frequencyShares(rows: ArrayLike<number>): number[] {
  const { magnitude, frequencies } = realFourier(rows, digits)
  const power = new Array<number>(frequencies).fill(0)
  magnitude.forEach((size, index) => {
    const frequency = index % frequencies
    // Every wave but the constant and the fastest stands for a second one, of the opposite frequency.
    power[frequency]! += size ** 2 * (frequency === 0 || frequency === digits / 2 ? 1 : 2)
  })
  const total = power.reduce((sum, part) => sum + part, 0)
  return power.map((part) => part / total)
}

/** The frequencies whose shares are the largest, largest first. */
export function strongest(shares: readonly number[]): number[] {
  return shares.map((_, index) => index).toSorted((one, other) => shares[other]! - shares[one]!)
}

/** `97.4 %`. */
export function percent(share: number): string {
  return Number.isNaN(share) ? '–' : `${(100 * share).toFixed(share > 0.9995 || share < 0.1 ? 2 : 1)} %`
}

export function degrees(radians: number): number {
  return (radians * 180) / Math.PI
}

/** `−70°`. */
export function degreesText(radians: number): string {
  return `${decimalText(degrees(radians), 0)}°`
}

/** How far it is from one angle to another, in degrees from -180 to 180. */
export function turn(from: number, to: number): number {
  return degrees(Math.atan2(Math.sin(to - from), Math.cos(to - from)))
}

/**
 * Whether angles go around once: the step from each to the next, and from the last to the first, is always about the same
 * tenth of the circle. Null where it is not.
 */
export function aroundOnce(phases: readonly number[]): { readonly least: number; readonly most: number } | null {
  const steps = phases.map((phase, index) => turn(phase, phases[(index + 1) % phases.length]!))
  const sign = Math.sign(steps[0]!)
  const sizes = steps.map((step) => sign * step)
  const total = sizes.reduce((sum, step) => sum + step, 0)
  const [least, most] = [Math.min(...sizes), Math.max(...sizes)]
  return least > 0 && Math.abs(total - 360) < 1e-6 ? { least, most } : null
}

/** How the digits' arrows stand around the circle, in a sentence without its full stop. */
export function aroundText(phases: readonly number[]): string {
  const steps = aroundOnce(phases)
  if (steps)
    return `a clock face, on which each digit is ${steps.least.toFixed(0)} to ${steps.most.toFixed(0)}° further than the last`
  const order = phases
    .map((phase, digit) => ({ digit, angle: (turn(phases[0]!, phase) + 360) % 360 }))
    .toSorted((one, other) => one.angle - other.angle)
  return `around the circle the digits stand as ${order.map(({ digit }) => digit).join(' ')}`
}

/** Words as a sentence. */
export function sentence(words: string): string {
  return `${words.charAt(0).toUpperCase()}${words.slice(1)}.`
}
