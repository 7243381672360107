import type { ModelConfig } from '../config'
import * as wasm from '../wasm/instructions'
import type { Code } from '../wasm/instructions'

/** 1 / sqrt(mean square + eps) in every lane, of the sums of squares there. */
export function inverseScale(squares: Code, { d_model, eps }: ModelConfig): Code {
  const meanSquare = wasm.multiply(squares, wasm.all(1 / d_model))
  return wasm.divide(wasm.all(1), wasm.squareRoot(wasm.add(meanSquare, wasm.all(eps))))
}
