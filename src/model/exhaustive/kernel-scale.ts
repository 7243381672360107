import type { ModelConfig } from '../config'
import * as wasm from '../wasm/instructions'
import type { Code } from '../wasm/instructions'

/** 1 / sqrt(mean square + eps) in every lane, from the lanes' sums of squares. */
export function inverseScale(squares: Code, temporary: number, { d_model, eps }: ModelConfig): Code {
  return [
    ...wasm.set(temporary, squares),
    ...wasm.set(
      temporary,
      wasm.add(wasm.get(temporary), wasm.shuffle(wasm.get(temporary), wasm.get(temporary), 2, 3, 0, 1)),
    ),
    ...wasm.set(
      temporary,
      wasm.add(wasm.get(temporary), wasm.shuffle(wasm.get(temporary), wasm.get(temporary), 1, 0, 3, 2)),
    ),
    ...wasm.divide(
      wasm.all(1),
      wasm.squareRoot(wasm.add(wasm.multiply(wasm.get(temporary), wasm.all(1 / d_model)), wasm.all(eps))),
    ),
  ]
}
