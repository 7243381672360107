import { BadInput } from '../../core/bad-input'
import type { GraphBuilder } from '../onnx/builder'
import type { Value } from '../onnx/value'
import type { Weights } from '../weights'

/** A model's parameter in a graph, by its state_dict key. */
export type Parameters = (key: string) => Value

/** Parameters stored in the graph, each once however often it is asked for. */
export function bakedParameters(builder: GraphBuilder, weights: Weights, type: 'float32' | 'float64'): Parameters {
  const made = new Map<string, Value>()
  const bake = (key: string) => {
    const { shape, data } = weights.get(key) ?? missing(key)
    return builder.constant(shape, type === 'float32' ? Float32Array.from(data) : Float64Array.from(data), key)
  }
  return (key) => {
    const value = made.get(key) ?? bake(key)
    made.set(key, value)
    return value
  }
}

function missing(key: string): never {
  throw new BadInput(`The model's weights lack "${key}"; open a file that has it.`)
}
