import { ignoreMean, layerNorm, logitCount, logitMap, parameter, type WeightedModel } from './logit-map'
import type { Model } from '../../model/model'
import { isCentring } from '../../model/normalization'

/**
 * What a vector of the residual stream adds to the ten digit logits through one head: read by its W_V, written by its W_O, read
 * by the unembedding. Per unit of attention and before the division by ln_final's scale, it adds
 * `vector @ matrix / ln1.hook_scale + bias`.
 */
export interface ValueMap {
  /** [d_model, logit], row-major. */
  readonly matrix: Float64Array
  /** [logit]: what b_V and ln1's bias add. */
  readonly bias: Float64Array
}

const built = new WeakMap<Model['weights'], Map<number, readonly ValueMap[]>>()

/** One map for each head of a layer; built once for each set of weights. */
export function valueMaps(model: WeightedModel, layer: number): readonly ValueMap[] {
  const layers = built.get(model.weights) ?? new Map<number, readonly ValueMap[]>()
  built.set(model.weights, layers)
  const known =
    layers.get(layer) ?? Array.from({ length: model.config.n_heads }, (_, head) => valueMap(model, layer, head))
  layers.set(layer, known)
  return known
}

function valueMap(model: WeightedModel, layer: number, head: number): ValueMap {
  const { d_model, d_head } = model.config
  const attention = `blocks.${layer}.attn`
  const W_V = matrixOf(parameter(model, `${attention}.W_V`), head, d_model, d_head)
  const W_O = matrixOf(parameter(model, `${attention}.W_O`), head, d_head, d_model)
  const written = product(W_O, logitMap(model).matrix, d_head)
  const read = product(W_V, written, d_model)
  const norm = layerNorm(model, `blocks.${layer}.ln1`)
  const b_V = matrixOf(parameter(model, `${attention}.b_V`), head, 1, d_head)
  const bias = product(b_V, written, 1)
  product(norm.bias, read, 1).forEach((entry, logit) => (bias[logit]! += entry))
  const matrix = read.map((entry, index) => entry * norm.weight[Math.floor(index / logitCount)]!)
  if (isCentring(model.config)) ignoreMean(matrix, logitCount)
  return { matrix, bias }
}

/** One head's [rows, columns] block of a parameter. */
function matrixOf(data: ArrayLike<number>, head: number, rows: number, columns: number): Float64Array {
  const first = head * rows * columns
  return Float64Array.from({ length: rows * columns }, (_, index) => data[first + index]!)
}

/** left [rows, n] @ right [n, logit]. */
function product(left: ArrayLike<number>, right: Float64Array, rows: number): Float64Array {
  const inner = right.length / logitCount
  const result = new Float64Array(rows * logitCount)
  for (let row = 0; row < rows; row++)
    for (let index = 0; index < inner; index++)
      for (let logit = 0; logit < logitCount; logit++)
        result[row * logitCount + logit]! += left[row * inner + index]! * right[index * logitCount + logit]!
  return result
}
