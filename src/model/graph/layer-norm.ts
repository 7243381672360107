import { hasNormBias, hasNormWeight, isCentring, isNormalized } from '../normalization'
import type { Value } from '../onnx/value'
import type { GraphContext } from './graph-context'

/**
 * LayerNorm of x [example, position, d_model], or what the model has in its place, written in primitives so that automatic
 * differentiation needs no rule of its own and so that `hook_scale` [example, position, 1] and `hook_normalized` can be read
 * and replaced. As in TransformerLens 2, LayerNorm’s `hook_normalized` comes after its weight and bias, that of RMS before; 3 and 4
 * have it before them for both.
 */
export function layerNorm(context: GraphContext, prefix: string, x: Value): Value {
  return normalize(context, prefix, x, (name, value) => context.hook(`${prefix}.${name}`, value))
}

/** The same for rows that are not an activation of the model: nothing is named or edited unless `hook` does it. */
export function normalize(
  context: GraphContext,
  prefix: string,
  x: Value,
  hook: (name: string, value: Value) => Value = (_, value) => value,
): Value {
  const { builder, parameters, config } = context
  if (!isNormalized(config)) return x
  const lastAxis = builder.integers(-1)
  const centred = isCentring(config) ? builder.op('Sub', [x, builder.op('ReduceMean', [x, lastAxis])]) : x
  const variance = builder.op('ReduceMean', [builder.op('Mul', [centred, centred]), lastAxis])
  const deviation = builder.op('Sqrt', [builder.op('Add', [variance, builder.scalar(config.eps, context.type)])])
  const scale = hook('hook_scale', deviation)
  const normalized = builder.op('Div', [centred, scale])
  if (!hasNormWeight(config)) return hook('hook_normalized', normalized)
  const unweighted = hasNormBias(config) ? normalized : hook('hook_normalized', normalized)
  const weighted = builder.op('Mul', [unweighted, parameters(`${prefix}.w`)])
  if (!hasNormBias(config)) return weighted
  return hook('hook_normalized', builder.op('Add', [weighted, parameters(`${prefix}.b`)]))
}
