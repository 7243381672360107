import type { Value } from '../onnx/value'
import type { GraphContext } from './graph-context'

/** Which of a head's three inputs. */
export type Letter = 'Q' | 'K' | 'V'

/** x [.., .., d_model] @ W + b for all heads at once, as [.., .., head, d_head]. */
export function project(
  { builder, parameters, config }: GraphContext,
  { layer, letter }: { layer: number; letter: Letter },
  x: Value,
): Value {
  const width = config.n_heads * config.d_head
  const [W, b] = ['W', 'b'].map((kind) => parameters(`blocks.${layer}.attn.${kind}_${letter}`)) as [Value, Value]
  const headsLast = builder.op('Transpose', [W], { perm: [1, 0, 2] })
  const matrix = builder.op('Reshape', [headsLast, builder.integers(config.d_model, width)])
  const biased = builder.op('Add', [
    builder.op('MatMul', [x, matrix]),
    builder.op('Reshape', [b, builder.integers(width)]),
  ])
  return builder.op('Reshape', [biased, builder.integers(0, 0, config.n_heads, config.d_head)])
}
