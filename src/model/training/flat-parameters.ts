import { sizeOf } from '../../core/tensor'
import type { ModelConfig } from '../config'
import type { GraphBuilder } from '../onnx/builder'
import type { Value } from '../onnx/value'
import { parameterTensor, parametersOf } from '../parameters'
import type { Weights } from '../weights'
import type { WeightValues } from './folded-weights'

/**
 * All parameters one after the other in one vector, in state_dict order: so that an optimizer's step is a handful of
 * operators instead of a handful for each parameter.
 */
export function parameterCount(config: ModelConfig): number {
  return parametersOf(config).reduce((total, { shape }) => total + sizeOf(shape), 0)
}

/** The weights as one float32 vector. */
export function flatten(config: ModelConfig, weights: Weights): Float32Array {
  const flat = new Float32Array(parameterCount(config))
  let offset = 0
  for (const { name, shape } of parametersOf(config)) {
    flat.set(weights.get(name)!.data, offset)
    offset += sizeOf(shape)
  }
  return flat
}

/** The inverse of `flatten`; the tensors are copies. */
export function unflatten(config: ModelConfig, flat: Float32Array | Float64Array): Weights {
  let offset = 0
  return new Map(
    parametersOf(config).map((parameter) => {
      const start = offset
      offset += sizeOf(parameter.shape)
      return [parameter.name, parameterTensor(config, parameter, flat.slice(start, offset))]
    }),
  )
}

/** Cuts the flat vector into its parameters, in a graph. */
export function splitParameters(graph: GraphBuilder, config: ModelConfig, flat: Value): WeightValues {
  let offset = 0
  return new Map(
    parametersOf(config).map(({ name, shape }) => {
      const bounds = [offset, (offset += sizeOf(shape)), 0].map((bound) => graph.integers(bound))
      return [name, graph.op('Reshape', [graph.op('Slice', [flat, ...bounds]), graph.integers(...shape)])]
    }),
  )
}

/** Joins the parameters' gradients into one flat vector, in a graph. */
export function joinParameters(graph: GraphBuilder, values: readonly Value[]): Value {
  const flat = values.map((value) => graph.op('Reshape', [value, graph.integers(-1)]))
  return graph.op('Concat', flat, { axis: 0 })
}
