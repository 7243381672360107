import type { Model } from '../../model/model'
import { isCentring } from '../../model/normalization'

/** The part of a model that turns activations into logits: what attributions need of it. */
export type WeightedModel = Pick<Model, 'config' | 'weights'>

/** Outputs that are digits. */
export const logitCount = 10

/**
 * What a vector of the residual stream adds to the ten digit logits: `vector @ matrix / ln_final.hook_scale`, and, once,
 * `bias`. Exact, because the final LayerNorm only centres, divides by its scale, and is linear from there; RMS does not
 * centre, and without normalization the scale is 1.
 */
export interface LogitMap {
  /** [d_model, logit], row-major: LayerNorm's centring, ln_final's weight and W_U in one. */
  readonly matrix: Float64Array
  /** [logit]: b_U, with what ln_final's bias adds through W_U. */
  readonly bias: Float64Array
}

const built = new WeakMap<Model['weights'], LogitMap>()

/** Built once for each set of weights. */
export function logitMap(model: WeightedModel): LogitMap {
  const known = built.get(model.weights) ?? buildLogitMap(model)
  built.set(model.weights, known)
  return known
}

/** The entries of a parameter. Throws RangeError where the model has none of this name. */
export function parameter({ weights }: WeightedModel, name: string): ArrayLike<number> {
  const found = weights.get(name)
  if (!found) throw new RangeError(`The model has no parameter "${name}".`)
  return found.data
}

/** Weight and bias of a normalization; 1 and 0 where it has none, or they were folded into the next layer. */
export function layerNorm(
  model: WeightedModel,
  prefix: string,
): { weight: ArrayLike<number>; bias: ArrayLike<number> } {
  const { d_model } = model.config
  return {
    weight: model.weights.get(`${prefix}.w`)?.data ?? new Float64Array(d_model).fill(1),
    bias: model.weights.get(`${prefix}.b`)?.data ?? new Float64Array(d_model),
  }
}

/**
 * Subtracts from each column of a row-major [d_model, column] map its mean over the rows, so that the map ignores the mean
 * of the vector that it is given, as a LayerNorm does.
 */
export function ignoreMean(map: Float64Array, columns: number): void {
  const rows = map.length / columns
  for (let column = 0; column < columns; column++) {
    let total = 0
    for (let row = 0; row < rows; row++) total += map[row * columns + column]!
    for (let row = 0; row < rows; row++) map[row * columns + column]! -= total / rows
  }
}

/**
 * Adds `factor * vector[offset ..] @ map` to ten entries of `target` from `at` on; `map` is [d_model, logit]. Written out over
 * the ten, because this is most of an attribution's work and their sums then never leave the processor's registers.
 */
export function addToLogits(
  target: Float64Array,
  at: number,
  { data, offset }: Place,
  map: Float64Array,
  factor: number,
): void {
  let s0 = 0
  let s1 = 0
  let s2 = 0
  let s3 = 0
  let s4 = 0
  let s5 = 0
  let s6 = 0
  let s7 = 0
  let s8 = 0
  let s9 = 0
  for (let row = 0, entry = 0; entry < map.length; row++, entry += logitCount) {
    const value = data[offset + row]!
    s0 += value * map[entry]!
    s1 += value * map[entry + 1]!
    s2 += value * map[entry + 2]!
    s3 += value * map[entry + 3]!
    s4 += value * map[entry + 4]!
    s5 += value * map[entry + 5]!
    s6 += value * map[entry + 6]!
    s7 += value * map[entry + 7]!
    s8 += value * map[entry + 8]!
    s9 += value * map[entry + 9]!
  }
  target[at]! += factor * s0
  target[at + 1]! += factor * s1
  target[at + 2]! += factor * s2
  target[at + 3]! += factor * s3
  target[at + 4]! += factor * s4
  target[at + 5]! += factor * s5
  target[at + 6]! += factor * s6
  target[at + 7]! += factor * s7
  target[at + 8]! += factor * s8
  target[at + 9]! += factor * s9
}

/** A vector inside a larger array: it begins at `offset`. */
export interface Place {
  readonly data: Float64Array
  readonly offset: number
}

function buildLogitMap(model: WeightedModel): LogitMap {
  const { d_model, d_vocab } = model.config
  const W_U = parameter(model, 'unembed.W_U')
  const norm = layerNorm(model, 'ln_final')
  const matrix = new Float64Array(d_model * logitCount)
  const bias = Float64Array.from({ length: logitCount }, (_, logit) => parameter(model, 'unembed.b_U')[logit]!)
  for (let row = 0; row < d_model; row++)
    for (let logit = 0; logit < logitCount; logit++) {
      matrix[row * logitCount + logit] = norm.weight[row]! * W_U[row * d_vocab + logit]!
      bias[logit]! += norm.bias[row]! * W_U[row * d_vocab + logit]!
    }
  if (isCentring(model.config)) ignoreMean(matrix, logitCount)
  return { matrix, bias }
}
