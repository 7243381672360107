import { BadInput } from '../../core/bad-input'
import { answerPositions } from '../../core/positions'
import { hasMlp } from '../config'
import { hookNamed } from '../hooks'
import { hasNormBias, hasNormWeight, isCentring, isNormalized } from '../normalization'
import type { Value } from '../onnx/value'
import type { GraphContext } from './graph-context'

/** How many outputs are digits; `+` and `=` come after them. */
const digits = 10

/**
 * Direct logit attribution: `dla` [example, component, digit, logit], what each component adds to the logits of the ten
 * digits at the answer positions (at the specification's `positions`, where it has some).
 *
 * The final LayerNorm is linear once its scale is known, so the logits are the sum of (component - its mean) / scale *
 * w @ W_U over everything that was written to the residual stream, and of the biases. Centring and w go into the matrix.
 * Components: embed, pos_embed, layer by layer each head and what the MLP writes (b_out with it), b_O (of all layers together),
 * b_U (with that of ln_final). RMS does not centre, and without normalization the scale is 1.
 */
export function directLogitAttribution(context: GraphContext): Value {
  const { builder, config, spec } = context
  if (spec.startLayer !== undefined)
    throw new BadInput(
      'A run that starts at a later layer has no embeddings to attribute; ask for "dla" from the tokens.',
    )
  const readout = digitReadout(context)
  const scale = isNormalized(config) ? withComponentAxis(context, atAnswer(context, 'ln_final.hook_scale')) : undefined
  const unscaled = [
    builder.op('MatMul', [atAnswer(context, 'hook_embed'), readout]),
    builder.op('MatMul', [atAnswer(context, 'hook_pos_embed'), readout]),
    ...Array.from({ length: config.n_layers }, (_, layer) => layerReadouts(context, layer, readout)).flat(),
    builder.op('MatMul', [outputBiases(context), readout]),
  ]
  if (!scale) return builder.op('Concat', everyExample(context, [...unscaled, readoutBias(context)]), { axis: 1 })
  const scaled = unscaled.map((value) => builder.op('Div', [withComponentAxis(context, value), scale]))
  // The bias is the same for every example: this only gives it their axes.
  const bias = builder.op('Mul', [readoutBias(context), builder.op('Div', [scale, scale])])
  return builder.op('Concat', [...scaled, bias], { axis: 1 })
}

/** [d_model, logit]: the digits' columns of W_U with ln_final's weight and centring, as the residual stream is read. */
function digitReadout(context: GraphContext): Value {
  const { builder, config, parameters } = context
  const W_U = digitColumns(context, parameters('unembed.W_U'))
  const weighted = hasNormWeight(config) ? builder.op('Mul', [column(context, 'ln_final.w'), W_U]) : W_U
  if (!isCentring(config)) return weighted
  return builder.op('Sub', [weighted, builder.op('ReduceMean', [weighted, builder.integers(0)])])
}

/** [1, logit]: b_U and what ln_final's bias adds. */
function readoutBias(context: GraphContext): Value {
  const { builder, config, parameters } = context
  const b_U = digitColumns(context, builder.op('Unsqueeze', [parameters('unembed.b_U'), builder.integers(0)]))
  if (!hasNormBias(config)) return b_U
  const b = builder.op('Unsqueeze', [parameters('ln_final.b'), builder.integers(0)])
  return builder.op('Add', [b_U, builder.op('MatMul', [b, digitColumns(context, parameters('unembed.W_U'))])])
}

/** What a layer writes, its heads and then, where it has one, its MLP. */
function layerReadouts(context: GraphContext, layer: number, readout: Value): Value[] {
  const heads = headReadouts(context, layer, readout)
  if (!hasMlp(context.config)) return [heads]
  const written = atAnswer(context, `blocks.${layer}.hook_mlp_out`)
  return [heads, context.builder.op('MatMul', [written, readout])]
}

/** A layer's heads [example, head, digit, logit]; through `hook_result` only where that is asked for or edited. */
function headReadouts(context: GraphContext, layer: number, readout: Value): Value {
  const { builder, parameters } = context
  const prefix = `blocks.${layer}.attn`
  const direct = context.needs(`${prefix}.hook_result`)
  const written = atAnswer(context, `${prefix}.${direct ? 'hook_result' : 'hook_z'}`)
  const headFirst = builder.op('Transpose', [written], { perm: [0, 2, 1, 3] })
  if (direct) return builder.op('MatMul', [headFirst, readout])
  const OU = builder.op('MatMul', [parameters(`${prefix}.W_O`), readout])
  return builder.op('MatMul', [headFirst, OU])
}

/** The sum of all layers' b_O, [1, d_model]. */
function outputBiases({ builder, config, parameters }: GraphContext): Value {
  const biases = Array.from({ length: config.n_layers }, (_, layer) => parameters(`blocks.${layer}.attn.b_O`))
  const total = biases.reduce((sum, bias) => builder.op('Add', [sum, bias]))
  return builder.op('Unsqueeze', [total, builder.integers(0)])
}

/** A hook's rows at the positions that are attributed, to which the specification may have narrowed it already. */
function atAnswer(context: GraphContext, name: string): Value {
  const { config, hooks, spec } = context
  const { narrowed } = hookNamed(config, name)
  return context.atPositions(
    hooks.get(name)!,
    spec.positions ? (narrowed ? undefined : spec.positions) : answerPositions(config.layout),
  )
}

function digitColumns({ builder }: GraphContext, x: Value): Value {
  return builder.op('Slice', [x, builder.integers(0), builder.integers(digits), builder.integers(1)])
}

function column({ builder, parameters }: GraphContext, key: string): Value {
  return builder.op('Unsqueeze', [parameters(key), builder.integers(1)])
}

/** [example, digit, ..] as [example, 1, digit, ..]; heads have the axis, and what is the same for all examples needs none. */
function withComponentAxis({ builder }: GraphContext, x: Value): Value {
  return x.shape.length === 3 ? builder.op('Unsqueeze', [x, builder.integers(1)]) : x
}

/** Components with an axis of their own, and those that are the same for all examples or digits repeated for each. */
function everyExample(context: GraphContext, values: readonly Value[]): Value[] {
  const { builder } = context
  const embedded = withComponentAxis(context, values[0]!)
  const none = builder.op('Sub', [embedded, embedded])
  return values.map((value) => {
    const own = withComponentAxis(context, value)
    return own.shape.length === 4 && own.shape[0] === embedded.shape[0] ? own : builder.op('Add', [none, own])
  })
}
