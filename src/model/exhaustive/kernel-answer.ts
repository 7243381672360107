import { equalsPosition } from '../../core/positions'
import type { ModelConfig } from '../config'
import * as wasm from '../wasm/instructions'
import type { Code, MultiplyAdd } from '../wasm/instructions'
import type { KernelLayout } from './kernel-layout'

/** What code for the answer of a sum is made for. Digits of the answer that are computed side by side stand in a vector's lanes. */
export interface Answer {
  readonly config: ModelConfig
  readonly layout: KernelLayout
  readonly how: MultiplyAdd
  /** Whether a head is computed where a digit is predicted, and whether its query is. */
  readonly attends: (digit: number, head: number) => boolean
  readonly asks: (digit: number, head: number) => boolean
  /** The local of the sum's number in its group. */
  readonly sum: number
  /** Four integers that may be used. */
  readonly pointers: readonly [number, number, number, number]
  /** The first of the vectors that may be used. */
  readonly free: number
}

/** The address that offsets alone are from. */
export const nowhere = wasm.integer(0)
export const indices = (count: number) => Array.from({ length: count }, (_, index) => index)
/** Moves a pointer. Loops are short, because the compiler loads all that stands between two branches before it adds anything up. */
export const advance = (pointer: number, bytes: number) =>
  wasm.set(pointer, wasm.addInteger(wasm.get(pointer), wasm.integer(bytes)))

/** The digits of an answer, as many at a time as a vector has lanes. */
export function digitBlocks({ answerDigits }: ModelConfig['layout']): readonly (readonly number[])[] {
  return indices(Math.ceil(answerDigits / 4)).map((block) =>
    indices(Math.min(4, answerDigits - 4 * block)).map((lane) => 4 * block + lane),
  )
}

/** Where the heads that are computed at a digit look. */
export function positionOf({ layout }: ModelConfig, digit: number): number {
  return equalsPosition(layout) + digit
}

/** The heads that are computed at any digit. */
export function headsOf({ config, attends }: Answer): readonly number[] {
  const digits = indices(config.layout.answerDigits)
  return indices(config.n_heads).filter((head) => digits.some((digit) => attends(digit, head)))
}

/** What `by` makes of a vector's four lanes, in each of them. */
export const acrossLanes = (local: number, by: (left: Code, right: Code) => Code): Code =>
  [
    [2, 3, 0, 1],
    [1, 0, 3, 2],
  ].flatMap((lanes) => wasm.set(local, by(wasm.get(local), wasm.shuffle(wasm.get(local), wasm.get(local), ...lanes))))

/** The sums of the lanes of four vectors, one in each lane: left in the first local, which with the others is used up. */
export function sumsOfLanes(locals: readonly [number, number, number, number]): Code {
  const folded = (left: number, right: number, low: readonly number[], high: readonly number[]) =>
    wasm.set(
      left,
      wasm.add(
        wasm.shuffle(wasm.get(left), wasm.get(right), ...low),
        wasm.shuffle(wasm.get(left), wasm.get(right), ...high),
      ),
    )
  const [one, two, three, four] = locals
  return [
    ...folded(one, two, [0, 4, 1, 5], [2, 6, 3, 7]),
    ...folded(three, four, [0, 4, 1, 5], [2, 6, 3, 7]),
    ...folded(one, three, [0, 1, 4, 5], [2, 3, 6, 7]),
  ]
}
