import type { ModelConfig } from '../config'
import * as wasm from '../wasm/instructions'
import type { Code } from '../wasm/instructions'
import { acrossLanes } from './kernel-answer'

/** 1 / sqrt(mean square + eps) in every lane, from the lanes' sums of squares, which stand in a local that is used up. */
export function inverseScale(squares: number, { d_model, eps }: ModelConfig): Code {
  const meanSquare = wasm.multiply(wasm.get(squares), wasm.all(1 / d_model))
  return [
    ...acrossLanes(squares, wasm.add),
    ...wasm.divide(wasm.all(1), wasm.squareRoot(wasm.add(meanSquare, wasm.all(eps)))),
  ]
}
