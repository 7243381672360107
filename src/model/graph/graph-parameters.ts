import { BadInput } from '../../core/bad-input'
import type { GraphBuilder } from '../onnx/builder'
import type { Value } from '../onnx/value'
import type { Weights } from '../weights'

/** A model's parameter in a graph, by its state_dict key. */
export type Parameters = (key: string) => Value

/** Parameters stored in the graph. */
export function bakedParameters(builder: GraphBuilder, weights: Weights, type: 'float32' | 'float64'): Parameters {
  return memoised((key) => {
    const { shape, data } = weights.get(key) ?? missing(key)
    return builder.constant(shape, type === 'float32' ? Float32Array.from(data) : Float64Array.from(data), key)
  })
}

/** Parameters given at every run under their keys, as training needs them; only the weights' shapes are used. */
export function inputParameters(builder: GraphBuilder, weights: Weights, type: 'float32' | 'float64'): Parameters {
  return memoised((key) => builder.input(key, type, (weights.get(key) ?? missing(key)).shape))
}

function memoised(make: (key: string) => Value): Parameters {
  const made = new Map<string, Value>()
  return (key) => {
    const value = made.get(key) ?? make(key)
    made.set(key, value)
    return value
  }
}

function missing(key: string): never {
  throw new BadInput(`The model's weights lack "${key}"; open a file that has it.`)
}
