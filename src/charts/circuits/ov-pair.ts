import { realFourier } from '../../core/fourier'
import { sliceOf } from '../../core/slice'
import type { Tensor } from '../../core/tensor'
import { digits, turn } from '../kinds/digit-waves'

/** What the digits' embeddings do to the ten logits through a head of layer 0 and one of the last layer. */
export type OvEmbeddings = Tensor<readonly ['head0', 'head1', 'digitIn', 'logit']>

const arrow = ' → '

/** `H0.1 → H1.0` for every pair, row by row. */
export function pairsOf({ labels }: OvEmbeddings): string[] {
  return (labels.head0 ?? []).flatMap((one) => (labels.head1 ?? []).map((other) => `${one}${arrow}${other}`))
}

/** A pair's [digitIn, logit], row by row; null where there is no such pair. */
export function pairEmbeddings(embeddings: OvEmbeddings, pair: string): Float64Array | null {
  const [one, other] = pair.split(arrow)
  const head0 = (embeddings.labels.head0 ?? []).indexOf(one ?? '')
  const head1 = (embeddings.labels.head1 ?? []).indexOf(other ?? '')
  if (head0 < 0 || head1 < 0) return null
  return Float64Array.from(sliceOf(sliceOf(embeddings, head0), head1).data)
}

/** Frequency 1 of each row of ten. */
export interface Wave {
  readonly magnitude: number
  /** Radians. */
  readonly phase: number
}

export function wavesOf(rows: Float64Array): Wave[] {
  const { magnitude, phase, frequencies } = realFourier(rows, digits)
  return Array.from({ length: rows.length / digits }, (_, row) => {
    return { magnitude: magnitude[row * frequencies + 1]!, phase: phase[row * frequencies + 1]! }
  })
}

/** The root mean square of the lengths of rows of ten: how much a digit does, on average. */
export function strength(rows: Float64Array): number {
  return Math.sqrt(rows.reduce((sum, entry) => sum + entry ** 2, 0) / (rows.length / digits))
}

/**
 * Arrows that lie along one line, as two groups of digits that point opposite ways; null where they do not: the line's
 * agreement, weighted by squared length, is below 0.8 (1 where all lie on it, 0 where they point everywhere).
 */
export function oppositeGroups(waves: readonly Wave[]): { readonly one: number[]; readonly other: number[] } | null {
  const weighted = (of: (angle: number) => number) =>
    waves.reduce((sum, { magnitude, phase }) => sum + magnitude ** 2 * of(2 * phase), 0)
  const total = waves.reduce((sum, { magnitude }) => sum + magnitude ** 2, 0)
  if (!(Math.hypot(weighted(Math.cos), weighted(Math.sin)) > 0.8 * total)) return null
  const axis = Math.atan2(weighted(Math.sin), weighted(Math.cos)) / 2
  const all = [...waves.keys()]
  const isAlong = (digit: number) => Math.abs(turn(axis, waves[digit]!.phase)) < 90
  return { one: all.filter(isAlong), other: all.filter((digit) => !isAlong(digit)) }
}

/** The pair that moves the most. */
export function strongestPair(embeddings: OvEmbeddings): string {
  const pairs = pairsOf(embeddings)
  const strengths = pairs.map((pair) => strength(pairEmbeddings(embeddings, pair)!))
  return pairs[Math.max(strengths.indexOf(Math.max(...strengths)), 0)]!
}
