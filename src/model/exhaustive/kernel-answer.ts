import type { ModelConfig } from '../config'
import * as wasm from '../wasm/instructions'
import type { Code, MultiplyAdd } from '../wasm/instructions'
import type { KernelLayout } from './kernel-layout'

/** A position that predicts: what its code is made for. */
export interface Answer {
  readonly config: ModelConfig
  readonly layout: KernelLayout
  readonly how: MultiplyAdd
  readonly position: number
  readonly digit: number
  /** The heads that are computed there, and whether a head's query is. */
  readonly heads: readonly number[]
  readonly asks: (head: number) => boolean
  /** The local of the right token's id. */
  readonly token: number
  /** The local of the sum's number in its group. */
  readonly sum: number
  /** Three integers that may be used. */
  readonly pointers: readonly [number, number, number]
  /** The first of the vectors that may be used. */
  readonly free: number
}

/** The address that offsets alone are from. */
export const nowhere = wasm.integer(0)
export const indices = (count: number) => Array.from({ length: count }, (_, index) => index)
/** Moves a pointer. Loops are short, because the compiler loads all that stands between two branches before it adds anything up. */
export const advance = (pointer: number, bytes: number) =>
  wasm.set(pointer, wasm.addInteger(wasm.get(pointer), wasm.integer(bytes)))
/** What `by` makes of a vector's four lanes, in each of them. */
export const acrossLanes = (local: number, by: (left: Code, right: Code) => Code): Code =>
  [
    [2, 3, 0, 1],
    [1, 0, 3, 2],
  ].flatMap((lanes) => wasm.set(local, by(wasm.get(local), wasm.shuffle(wasm.get(local), wasm.get(local), ...lanes))))
