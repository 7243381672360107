import type { ModelConfig } from '../config'
import { GraphBuilder } from '../onnx/builder'
import type { Value } from '../onnx/value'
import { fullProcessing, processWeights } from '../processing'
import { answerLosses, answerMargins } from '../training/loss'
import type { Weights } from '../weights'
import { headCircuits } from './head-circuits'
import { groupSize } from './sum-groups'

/**
 * The graph that evaluates every sum there is. Input: `tokens` [example, position] int32 of whole groups (`sum-groups.ts`).
 * Outputs [example, digit]: `losses` in nats and `margins`, the right digit's logit less the highest other one.
 *
 * What it saves against the plain forward pass: the positions that a group shares are computed once for ten sums; the last
 * position, which predicts nothing, is left out; layer 0 sees only (position, token), so its normalised stream and queries
 * are tables, folded into constants; the last layer's queries exist only where a digit is predicted. And the heads work on
 * the normalised stream itself (`head-circuits.ts`), which serves as key and value of them all without being copied.
 *
 * Fully processed weights make that possible: the stream has mean 0, no LayerNorm has weights, and no b_V is left.
 */
export function sharedPrefixGraph(raw: { config: ModelConfig; weights: Weights }): Uint8Array {
  const { config, weights } = processWeights(raw, fullProcessing)
  const graph = new GraphBuilder('every-sum')
  const tokens = graph.input('tokens', 'int32', ['N', config.n_ctx])
  const logits = new SharedPrefixForward(graph, config, weights).logits(tokens)
  graph.output(answerLosses(graph, config, logits, tokens), 'losses')
  graph.output(answerMargins(graph, config, logits, tokens), 'margins')
  return graph.build()
}

/** Positions that are computed together, as they enter a layer: those a group shares [group, ..] or the rest [example, ..]. */
interface Stream {
  readonly positions: readonly number[]
  /** The residual stream with the layer's b_O already added [.., position, d_model]. */
  readonly base: Value
  /** After the layer's LayerNorm [.., position, d_model]. */
  readonly normalized: Value
}

class SharedPrefixForward {
  readonly #graph: GraphBuilder
  readonly #config: ModelConfig
  readonly #weights: Weights
  /** All but the last, which predicts nothing. */
  readonly #positions: readonly number[]

  constructor(graph: GraphBuilder, config: ModelConfig, weights: Weights) {
    this.#graph = graph
    this.#config = config
    this.#weights = weights
    this.#positions = Array.from({ length: config.n_ctx - 1 }, (_, position) => position)
  }

  /** [example, digit, vocab]. */
  logits(tokens: Value): Value {
    const { n_layers, numDigits } = this.#config
    const shares = 2 * numDigits
    const [shared, own] = [this.#positions.slice(0, shares), this.#positions.slice(shares)]
    const predicting = own.slice(1)
    let sharedResidual = this.#firstLayer(this.#tokensOfGroup(tokens), shared)
    let ownResidual = this.#firstLayer(tokens, n_layers === 1 ? predicting : own)
    for (let layer = 1; layer < n_layers; layer++) {
      const [before, here] = [this.#stream(layer, shared, sharedResidual), this.#stream(layer, own, ownResidual)]
      const queried = layer === n_layers - 1 ? this.#withoutFirst(here) : here
      ownResidual = this.#laterLayer(layer, queried, this.#repeated(before, here))
      sharedResidual = this.#laterLayer(layer, before, before.normalized)
    }
    return this.#unembed(ownResidual)
  }

  /**
   * The residual stream after layer 0 at some positions, from tables over (position, token): the heads' queries, the keys,
   * and what each head writes when it looks there.
   */
  #firstLayer(tokens: Value, positions: readonly number[]): Value {
    const { d_model: M, n_heads: H } = this.#config
    const { OV } = headCircuits(this.#config, this.#weights, 0)
    const keyPositions = this.#positions.slice(0, positions.at(-1)! + 1)
    const table = this.#stream(0, this.#positions, this.#embeddings())
    const written = this.#graph.op('MatMul', [table.normalized, this.#graph.constant([H, M, M], OV)])
    const [rows, keyRows] = [this.#tableRows(tokens, positions), this.#tableRows(tokens, keyPositions)]
    const queries = this.#gather(this.#queries(0, table.normalized), rows)
    const pattern = this.#pattern(queries, positions, this.#gather(table.normalized, keyRows))
    const perHead = this.#graph.constant(
      [H, 1],
      Int32Array.from({ length: H }, (_, head) => head * this.#tableLength()),
    )
    const headRows = this.#graph.op('Add', [this.#reshape(keyRows, -1, 1, keyPositions.length), perHead])
    const values = this.#reshape(this.#gather(this.#reshape(written, -1, M), headRows), -1, H * keyPositions.length, M)
    const weights = this.#reshape(pattern, -1, positions.length, H * keyPositions.length)
    return this.#graph.op('Add', [this.#graph.op('MatMul', [weights, values]), this.#gather(table.base, rows)])
  }

  /** W_E + W_pos [position * token, d_model]. */
  #embeddings(): Value {
    const { d_model } = this.#config
    const [W_E, W_pos] = [this.#weights.get('embed.W_E')!.data, this.#weights.get('pos_embed.W_pos')!.data]
    const entries = Float32Array.from({ length: this.#tableLength() * d_model }, (_, index) => {
      const position = Math.floor(index / W_E.length)
      return W_E[index % W_E.length]! + W_pos[position * d_model + (index % d_model)]!
    })
    return this.#graph.constant([this.#tableLength(), d_model], entries)
  }

  #tableLength(): number {
    return this.#positions.length * this.#config.d_vocab
  }

  /** Which rows of the tables stand for the tokens at some consecutive positions [.., position]. */
  #tableRows(tokens: Value, positions: readonly number[]): Value {
    const ids = this.#slice(tokens, positions[0]!, positions.at(-1)! + 1)
    const firstRows = Int32Array.from(positions, (position) => position * this.#config.d_vocab)
    return this.#graph.op('Add', [ids, this.#graph.constant([positions.length], firstRows)])
  }

  #stream(layer: number, positions: readonly number[], entering: Value): Stream {
    const base = this.#graph.op('Add', [entering, this.#parameter(`blocks.${layer}.attn.b_O`)])
    return { positions, base, normalized: this.#normalize(entering) }
  }

  /** x / scale: fully processed weights leave nothing to centre. */
  #normalize(x: Value): Value {
    const square = this.#graph.op('ReduceMean', [this.#graph.op('Mul', [x, x]), this.#graph.integers(-1)])
    const epsilon = this.#graph.scalar(this.#config.eps, 'float32')
    return this.#graph.op('Div', [x, this.#graph.op('Sqrt', [this.#graph.op('Add', [square, epsilon])])])
  }

  /** Two axes: the rows of `normalized`, and head * d_model. */
  #queries(layer: number, normalized: Value): Value {
    const { d_model: M, n_heads: H } = this.#config
    const { QK, queryBias } = headCircuits(this.#config, this.#weights, layer)
    const matrix = this.#graph.constant([M, H * M], QK)
    return this.#graph.op('Gemm', [this.#reshape(normalized, -1, M), matrix, this.#graph.constant([H * M], queryBias)])
  }

  /** The residual stream after a layer at a stream's positions; `keys` [.., key, d_model] are those before them too. */
  #laterLayer(layer: number, { positions, base, normalized }: Stream, keys: Value): Value {
    const { d_model: M, n_heads: H } = this.#config
    const pattern = this.#pattern(this.#queries(layer, normalized), positions, keys)
    const mixed = this.#reshape(this.#graph.op('MatMul', [pattern, keys]), -1, H * M)
    const OV = this.#graph.constant([H * M, M], headCircuits(this.#config, this.#weights, layer).OV)
    return this.#reshape(this.#graph.op('Gemm', [mixed, OV, this.#reshape(base, -1, M)]), -1, positions.length, M)
  }

  /** Attention of every head [.., position * head, key] from its queries and the keys [.., key, d_model]. */
  #pattern(queries: Value, positions: readonly number[], keys: Value): Value {
    const { d_model, n_heads } = this.#config
    const rows = this.#reshape(queries, -1, positions.length * n_heads, d_model)
    const scores = this.#graph.op('MatMul', [rows, this.#graph.op('Transpose', [keys], { perm: [0, 2, 1] })])
    const visible = this.#graph.op('Add', [scores, this.#causalMask(positions, keys.shape[1] as number)])
    return this.#graph.op('Softmax', [visible], { axis: -1 })
  }

  /** Added to the scores [position * head, key]: 0, or so much that softmax gives 0 where the key is later. */
  #causalMask(positions: readonly number[], keys: number): Value {
    const { n_heads } = this.#config
    const rows = positions.flatMap((position) => {
      const row = Array.from({ length: keys }, (_, key) => (key <= position ? 0 : -1e30))
      return Array.from({ length: n_heads }, () => row).flat()
    })
    return this.#graph.constant([positions.length * n_heads, keys], Float32Array.from(rows))
  }

  /** The keys of every example: those of its group, then its own. */
  #repeated(shared: Stream, own: Stream): Value {
    const { d_model } = this.#config
    const width = shared.positions.length * d_model
    const flat = this.#reshape(shared.normalized, -1, 1, width)
    const repeated = this.#graph.op('Expand', [flat, this.#graph.integers(1, groupSize, width)])
    return this.#graph.op('Concat', [this.#reshape(repeated, -1, shared.positions.length, d_model), own.normalized], {
      axis: 1,
    })
  }

  /** Without its first position, the last digit of b, which predicts nothing. */
  #withoutFirst({ positions, base, normalized }: Stream): Stream {
    const rest = (x: Value) => this.#slice(x, 1, positions.length)
    return { positions: positions.slice(1), base: rest(base), normalized: rest(normalized) }
  }

  /** Logits [example, digit, vocab] of the residual stream where digits are predicted. */
  #unembed(residual: Value): Value {
    const { d_model, d_vocab, numDigits } = this.#config
    const normalized = this.#reshape(this.#normalize(residual), -1, d_model)
    const [W_U, b_U] = [this.#parameter('unembed.W_U'), this.#parameter('unembed.b_U')]
    return this.#reshape(this.#graph.op('Gemm', [normalized, W_U, b_U]), -1, numDigits, d_vocab)
  }

  /** The tokens of each group's first example [group, position]. */
  #tokensOfGroup(tokens: Value): Value {
    const { n_ctx } = this.#config
    return this.#reshape(this.#slice(this.#reshape(tokens, -1, groupSize, n_ctx), 0, 1), -1, n_ctx)
  }

  #parameter(key: string): Value {
    const { shape, data } = this.#weights.get(key)!
    return this.#graph.constant(shape, Float32Array.from(data))
  }

  #gather(table: Value, rows: Value): Value {
    return this.#graph.op('Gather', [table, rows])
  }

  #reshape(x: Value, ...shape: readonly number[]): Value {
    return this.#graph.op('Reshape', [x, this.#graph.integers(...shape)])
  }

  /** Entries `begin` (inclusive) to `end` (exclusive) of axis 1. */
  #slice(x: Value, begin: number, end: number): Value {
    return this.#graph.op('Slice', [x, ...[begin, end, 1].map((bound) => this.#graph.integers(bound))])
  }
}
