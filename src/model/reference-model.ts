import { BadInput } from '../core/bad-input'
import type { Tensor } from '../core/tensor'
import { applyEdit } from './apply-edit'
import type { ModelConfig } from './config'
import { activationTensor, hookNamed, shapeOfHook } from './hooks'
import type { ActivationCache, Model, RunOptions, Tokens } from './model'
import {
  add,
  affine,
  attentionScores,
  centreAndScale,
  headResults,
  mixValues,
  pickRows,
  projectToHeads,
  softmaxRows,
  sumOverHeads,
} from './reference-operations'
import { hookOfSum, sumOverExamples } from './summed-hook'
import type { Weights } from './weights'

/**
 * The oracle: the forward pass in float64, written to be read. Axes of every activation are in `hooks.ts`. Any hook can be
 * edited. Throws BadInput for a hook that the model does not have or that a later start never reaches.
 */
export class ReferenceModel implements Model {
  readonly name: string
  readonly sha256: string
  readonly config: ModelConfig
  readonly weights: Weights

  constructor(model: Pick<Model, 'name' | 'sha256' | 'config' | 'weights'>) {
    this.name = model.name
    this.sha256 = model.sha256
    this.config = model.config
    this.weights = model.weights
  }

  async run(tokens: Tokens, options: RunOptions): Promise<ActivationCache> {
    return new ForwardPass(this.config, this.weights, tokens, options).run()
  }
}

class ForwardPass {
  readonly #config: ModelConfig
  readonly #weights: Weights
  readonly #tokens: Tokens
  readonly #options: RunOptions
  /** Hooks to be kept, for themselves or for their sums. */
  readonly #wanted: ReadonlySet<string>
  readonly #found = new Map<string, Tensor>()
  readonly #everywhere: readonly number[]

  constructor(config: ModelConfig, weights: Weights, tokens: Tokens, options: RunOptions) {
    this.#config = config
    this.#weights = weights
    this.#tokens = tokens
    this.#options = options
    this.#wanted = new Set(options.outputs.map((name) => hookOfSum(name) ?? name))
    this.#everywhere = Array.from({ length: config.n_ctx }, (_, position) => position)
    const edited = options.edits?.map((edit) => edit.hook) ?? []
    for (const name of [...this.#wanted, ...edited]) hookNamed(config, name)
  }

  run(): ActivationCache {
    const { n_layers } = this.#config
    const { start, outputs } = this.#options
    let residual = start ? Float64Array.from(start.residPre.data) : this.#embed()
    for (let layer = start?.layer ?? 0; layer < n_layers; layer++) residual = this.#block(layer, residual)
    const normalized = this.#layerNorm('ln_final', residual)
    this.#hook('logits', affine(normalized, this.#parameter('unembed.W_U'), this.#parameter('unembed.b_U')))
    return new Map(outputs.map((name) => [name, this.#output(name)]))
  }

  /** Token plus position embedding [example, position, d_model]. */
  #embed(): Float64Array {
    const { n_ctx, d_vocab, d_model } = this.#config
    const ids = this.#tokens.data
    const places = ids.map((_, index) => index % n_ctx)
    return add(
      this.#hook('hook_embed', pickRows(this.#parameter('embed.W_E'), d_vocab, d_model, ids)),
      this.#hook('hook_pos_embed', pickRows(this.#parameter('pos_embed.W_pos'), n_ctx, d_model, places)),
    )
  }

  #block(layer: number, entering: Float64Array): Float64Array {
    const { n_layers, n_ctx, d_model } = this.#config
    const queries = layer === n_layers - 1 ? (this.#options.positions ?? this.#everywhere) : this.#everywhere
    const residual = this.#hook(`blocks.${layer}.hook_resid_pre`, entering)
    const attentionOut = this.#attention(layer, residual, queries)
    return this.#hook(`blocks.${layer}.hook_resid_post`, add(pickRows(residual, n_ctx, d_model, queries), attentionOut))
  }

  /** What a layer's heads and b_O add to the residual stream [example, query, d_model]. */
  #attention(layer: number, residual: Float64Array, queries: readonly number[]): Float64Array {
    const { n_ctx: S, n_heads: H, d_head: D, d_model } = this.#config
    const attn = `blocks.${layer}.attn`
    const parameter = (name: string) => this.#parameter(`${attn}.${name}`)
    const hook = (name: string, activation: Float64Array) => this.#hook(`${attn}.${name}`, activation)

    const normalized = this.#layerNorm(`blocks.${layer}.ln1`, residual)
    const atQueries = pickRows(normalized, S, d_model, queries)
    const q = hook('hook_q', projectToHeads(atQueries, H, parameter('W_Q'), parameter('b_Q')))
    const k = hook('hook_k', projectToHeads(normalized, H, parameter('W_K'), parameter('b_K')))
    const v = hook('hook_v', projectToHeads(normalized, H, parameter('W_V'), parameter('b_V')))
    const scores = hook('hook_attn_scores', attentionScores(q, k, queries, { S, H, D }))
    const pattern = hook('hook_pattern', softmaxRows(scores, S))
    const z = hook('hook_z', mixValues(pattern, v, { S, H, D, Q: queries.length }))
    const result = hook('hook_result', headResults(z, parameter('W_O'), { H, D }))
    return this.#hook(`blocks.${layer}.hook_attn_out`, sumOverHeads(result, H, parameter('b_O')))
  }

  /** (x - mean) / scale, then weight and bias where the model has not folded them into the next layer. */
  #layerNorm(name: string, x: Float64Array): Float64Array {
    const { d_model, eps, normalization_type } = this.#config
    const { centred, scale } = centreAndScale(x, d_model, eps)
    const scales = this.#hook(`${name}.hook_scale`, scale)
    const normalized = centred.map((value, index) => value / scales[Math.floor(index / d_model)]!)
    if (normalization_type === 'LNPre') return this.#hook(`${name}.hook_normalized`, normalized)
    const [w, b] = [this.#parameter(`${name}.w`), this.#parameter(`${name}.b`)]
    return this.#hook(
      `${name}.hook_normalized`,
      normalized.map((value, index) => value * w[index % d_model]! + b[index % d_model]!),
    )
  }

  /** Passes an activation through its hook: edited if an edit says so, kept if it was asked for. */
  #hook(name: string, activation: Float64Array): Float64Array {
    const { edits = [], positions } = this.#options
    const hook = hookNamed(this.#config, name)
    const examples = this.#tokens.shape[0]!
    const edit = edits.find((candidate) => candidate.hook === name)
    const edited = edit ? applyEdit(activation, shapeOfHook(this.#config, hook, examples, positions), edit) : activation
    if (this.#wanted.has(name))
      this.#found.set(name, activationTensor(this.#config, hook, edited, { examples, positions }))
    return edited
  }

  #parameter(name: string): ArrayLike<number> {
    const parameter = this.#weights.get(name)
    if (!parameter) throw new RangeError(`The model has no parameter "${name}".`)
    return parameter.data
  }

  #output(name: string): Tensor {
    const hook = hookOfSum(name)
    return hook === undefined ? this.#reached(name) : sumOverExamples(this.#reached(hook))
  }

  #reached(name: string): Tensor {
    const found = this.#found.get(name)
    if (!found)
      throw new BadInput(
        `A run that starts at layer ${this.#options.start?.layer} has no "${name}"; start it from the tokens.`,
      )
    return found
  }
}
