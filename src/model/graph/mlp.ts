import type { ActivationFunction } from '../config'
import type { GraphBuilder } from '../onnx/builder'
import type { Value } from '../onnx/value'
import type { GraphContext } from './graph-context'
import { layerNorm } from './layer-norm'

/**
 * The residual stream after a layer's MLP, which reads it as attention left it, `hook_resid_mid` [example, position, d_model]:
 * every position by itself.
 */
export function afterMlp(context: GraphContext, layer: number, act_fn: ActivationFunction, attended: Value): Value {
  const { builder, parameters } = context
  const prefix = `blocks.${layer}.mlp`
  const affine = (x: Value, W: string, b: string): Value =>
    builder.op('Add', [builder.op('MatMul', [x, parameters(`${prefix}.${W}`)]), parameters(`${prefix}.${b}`)])
  const middle = context.hook(`blocks.${layer}.hook_resid_mid`, attended)
  const pre = context.hook(
    `${prefix}.hook_pre`,
    affine(layerNorm(context, `blocks.${layer}.ln2`, middle), 'W_in', 'b_in'),
  )
  const post = context.hook(`${prefix}.hook_post`, activation(builder, act_fn, pre))
  const written = context.hook(`blocks.${layer}.hook_mlp_out`, affine(post, 'W_out', 'b_out'))
  return context.hook(`blocks.${layer}.hook_resid_post`, builder.op('Add', [middle, written]))
}

/** An activation function of each entry of x. onnxruntime has `gelu` in single precision only. */
export function activation(builder: GraphBuilder, act_fn: ActivationFunction, x: Value): Value {
  const number = (value: number) => builder.scalar(value, x.type as 'float32' | 'float64')
  const times = (a: Value, b: Value) => builder.op('Mul', [a, b])
  const gated = (gate: Value) => times(times(x, number(0.5)), builder.op('Add', [gate, number(1)]))
  switch (act_fn) {
    case 'relu':
      return builder.op('Relu', [x])
    // x sigmoid(x), written with tanh: onnxruntime turns the other form into an operator that it has in single precision only.
    case 'silu':
      return gated(builder.op('Tanh', [times(x, number(0.5))]))
    case 'gelu':
      return gated(builder.op('Erf', [times(x, number(Math.SQRT1_2))]))
    case 'gelu_new': {
      const cubic = times(times(times(x, x), x), number(0.044715))
      const inner = builder.op('Add', [x, cubic])
      return gated(builder.op('Tanh', [times(inner, number(Math.sqrt(2 / Math.PI)))]))
    }
  }
}
