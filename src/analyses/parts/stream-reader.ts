import type { ModelConfig } from '../../model/config'
import { parameter, layerNorm, type WeightedModel } from './logit-map'

/** One vector of the residual stream as `ln_final` and `unembed` read it. */
export class StreamReader {
  /** Outputs of the unembedding. */
  readonly outputs: number
  /** The last vector that was normalized, [d_model]. */
  readonly normalized: Float64Array
  readonly #W_U: Float64Array
  readonly #bias: Float64Array
  readonly #logits: Float64Array

  constructor(private readonly model: WeightedModel) {
    const { d_model, d_vocab } = model.config
    const norm = layerNorm(model, 'ln_final')
    const W_U = parameter(model, 'unembed.W_U')
    this.outputs = d_vocab
    this.normalized = new Float64Array(d_model)
    this.#logits = new Float64Array(d_vocab)
    this.#W_U = Float64Array.from({ length: d_model * d_vocab }, (_, index) => {
      return norm.weight[Math.floor(index / d_vocab)]! * W_U[index]!
    })
    this.#bias = Float64Array.from({ length: d_vocab }, (_, output) => {
      let bias = parameter(model, 'unembed.b_U')[output]!
      for (let row = 0; row < d_model; row++) bias += norm.bias[row]! * W_U[row * d_vocab + output]!
      return bias
    })
  }

  /** [d_model, output]: the normalization's weight and W_U in one. */
  get unembedding(): Float64Array {
    return this.#W_U
  }

  /** Centres the vector at `offset` and divides it by its own scale, without weight and bias. The same array every time. */
  normalize(data: ArrayLike<number>, offset: number): Float64Array {
    const { config } = this.model
    const { normalized } = this
    for (let index = 0; index < normalized.length; index++) normalized[index] = data[offset + index]!
    normalizeRow(normalized, config)
    return normalized
  }

  /** What the unembedding makes of the vector at `offset`, [output]. The same array every time. */
  logits(data: ArrayLike<number>, offset: number): Float64Array {
    const x = this.normalize(data, offset)
    const logits = this.#logits
    logits.set(this.#bias)
    for (let row = 0, entry = 0; row < x.length; row++)
      for (let output = 0; output < this.outputs; output++, entry++) logits[output]! += x[row]! * this.#W_U[entry]!
    return logits
  }
}

function normalizeRow(x: Float64Array, { normalization_type: type, eps }: ModelConfig): void {
  const count = x.length
  if (type === 'LN' || type === 'LNPre') {
    let mean = 0
    for (let index = 0; index < count; index++) mean += x[index]!
    mean /= count
    for (let index = 0; index < count; index++) x[index]! -= mean
  }
  if (type === null) return
  let squares = 0
  for (let index = 0; index < count; index++) squares += x[index]! * x[index]!
  const factor = 1 / Math.sqrt(squares / count + eps)
  for (let index = 0; index < count; index++) x[index]! *= factor
}
