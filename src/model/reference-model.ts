import { BadInput } from '../core/bad-input'
import type { Tensor } from '../core/tensor'
import { applyEdit } from './apply-edit'
import { activate } from './activation'
import { hasMlp, type MlpConfig, type ModelConfig } from './config'
import { activationTensor, hookNamed, shapeOfHook } from './hooks'
import type { ActivationCache, Model, RunOptions, Tokens } from './model'
import { hasNormBias, hasNormWeight, isCentring, isNormalized } from './normalization'
import {
  add,
  affine,
  attentionScores,
  centredRows,
  headResults,
  mixValues,
  pickRows,
  projectToHeads,
  rootMeanSquares,
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
    const normalized = this.#normalization('ln_final', residual)
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
    const attended = add(pickRows(residual, n_ctx, d_model, queries), attentionOut)
    const written = hasMlp(this.#config) ? this.#mlp(this.#config, layer, attended) : attended
    return this.#hook(`blocks.${layer}.hook_resid_post`, written)
  }

  /** The residual stream after a layer's MLP, which reads it as attention left it [example, query, d_model]. */
  #mlp({ act_fn }: MlpConfig, layer: number, attended: Float64Array): Float64Array {
    const mlp = `blocks.${layer}.mlp`
    const parameter = (name: string) => this.#parameter(`${mlp}.${name}`)
    const middle = this.#hook(`blocks.${layer}.hook_resid_mid`, attended)
    const normalized = this.#normalization(`blocks.${layer}.ln2`, middle)
    const pre = this.#hook(`${mlp}.hook_pre`, affine(normalized, parameter('W_in'), parameter('b_in')))
    const post = this.#hook(
      `${mlp}.hook_post`,
      pre.map((value) => activate(act_fn, value)),
    )
    return add(middle, this.#hook(`blocks.${layer}.hook_mlp_out`, affine(post, parameter('W_out'), parameter('b_out'))))
  }

  /** What a layer's heads and b_O add to the residual stream [example, query, d_model]. */
  #attention(layer: number, residual: Float64Array, queries: readonly number[]): Float64Array {
    const { n_ctx: S, n_heads: H, d_head: D, d_model } = this.#config
    const attn = `blocks.${layer}.attn`
    const parameter = (name: string) => this.#parameter(`${attn}.${name}`)
    const hook = (name: string, activation: Float64Array) => this.#hook(`${attn}.${name}`, activation)

    const normalized = this.#normalization(`blocks.${layer}.ln1`, residual)
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

  /**
   * x, less its mean for LayerNorm, over its root mean square; then weight and bias where the model has not folded them into the
   * next layer. As in TransformerLens 2, LayerNorm’s `hook_normalized` comes after them and that of RMS before.
   */
  #normalization(name: string, x: Float64Array): Float64Array {
    const config = this.#config
    if (!isNormalized(config)) return x
    const { d_model, eps } = config
    const rows = isCentring(config) ? centredRows(x, d_model) : x
    const scales = this.#hook(`${name}.hook_scale`, rootMeanSquares(rows, d_model, eps))
    const divided = rows.map((value, index) => value / scales[Math.floor(index / d_model)]!)
    const normalized = hasNormBias(config) ? divided : this.#hook(`${name}.hook_normalized`, divided)
    if (!hasNormWeight(config)) return normalized
    const w = this.#parameter(`${name}.w`)
    const weighted = normalized.map((value, index) => value * w[index % d_model]!)
    if (!hasNormBias(config)) return weighted
    const b = this.#parameter(`${name}.b`)
    return this.#hook(
      `${name}.hook_normalized`,
      weighted.map((value, index) => value + b[index % d_model]!),
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
