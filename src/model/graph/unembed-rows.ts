import { hasMlp } from '../config'
import { hasNormBias, hasNormWeight, isCentring, isNormalized } from '../normalization'
import type { Value } from '../onnx/value'
import type { GraphContext } from './graph-context'
import { afterMlp } from './mlp'

/**
 * What the last layer's attention writes, or the stream that it is added to, as `unembedRows` wants it. An MLP reads the stream
 * itself; where there is none, centring parts is centring their sum, and centres few rows and the weights instead of many rows.
 */
export function unembeddable(context: GraphContext, part: Value): Value {
  return hasMlp(context.config) ? part : centred(context, part)
}

/**
 * Logits [example, row, vocab] of rows of the stream [example, row, d_model] after the last layer's attention, which are sums of
 * what went through `unembeddable`. For many rows: ln_final divides the logits rather than the stream, its weight is W_U's.
 */
export function unembedRows(context: GraphContext, rows: Value): Value {
  const { builder, config, parameters } = context
  const x = hasMlp(config) ? centred(context, afterMlp(context, config.n_layers - 1, config.act_fn, rows)) : rows
  const [W_U, b_U] = [parameters('unembed.W_U'), parameters('unembed.b_U')]
  if (!isNormalized(config)) return builder.op('Add', [builder.op('MatMul', [x, W_U]), b_U])
  const lastAxis = builder.integers(-1)
  // Without the axis of extent 1, along which onnxruntime adds one number at a time.
  const square = builder.op('ReduceMean', [builder.op('Mul', [x, x]), lastAxis], { keepdims: 0 })
  const scale = builder.op('Sqrt', [builder.op('Add', [square, builder.scalar(config.eps, context.type)])])
  const weighted = hasNormWeight(config)
    ? builder.op('Mul', [builder.op('Unsqueeze', [parameters('ln_final.w'), builder.integers(1)]), W_U])
    : W_U
  const bias = hasNormBias(config)
    ? builder.op('Add', [
        builder.op('MatMul', [builder.op('Unsqueeze', [parameters('ln_final.b'), builder.integers(0)]), W_U]),
        b_U,
      ])
    : b_U
  const read = builder.op('MatMul', [x, weighted])
  return builder.op('Add', [builder.op('Div', [read, builder.op('Unsqueeze', [scale, lastAxis])]), bias])
}

function centred(context: GraphContext, x: Value): Value {
  const { builder, config } = context
  return isCentring(config) ? builder.op('Sub', [x, builder.op('ReduceMean', [x, builder.integers(-1)])]) : x
}
