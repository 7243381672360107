import { answerPositions } from '../../core/positions'
import type { ModelConfig } from '../config'
import { GraphBuilder } from '../onnx/builder'
import type { Value } from '../onnx/value'
import type { Weights } from '../weights'
import { patternShape } from './first-layer-patterns'
import type { FirstLayerTables } from './layer-tables'
import { headCircuits } from './head-circuits'
import { groupSize } from './sum-groups'

/**
 * The graph that evaluates every sum there is, in groups of ten (`sum-groups.ts`). Inputs: layer 0's attention as
 * `FirstLayerPatterns` has it, `pattern`, `keys` and `queries`. Output: `logProbs` [example, digit, vocab], in nats.
 *
 * What it saves against the plain forward pass: the positions that a group shares are computed once for ten sums; the last
 * position, which predicts nothing, is left out; layer 0 sees only (position, token), so that all its work but mixing what its
 * heads write is lookups; the last layer's queries exist only where a digit is predicted. And the heads work on
 * the normalised stream itself (`head-circuits.ts`), which serves as key and value of them all without being copied.
 *
 * Fully processed weights make that possible: the stream has mean 0, no LayerNorm has weights, and no b_V is left.
 */
export function sharedPrefixGraph(config: ModelConfig, weights: Weights, tables: FirstLayerTables): Uint8Array {
  const graph = new GraphBuilder('every-sum')
  const { rows, columns } = patternShape(config)
  const pattern = graph.input('pattern', 'float32', ['G', rows, columns])
  const keys = graph.input('keys', 'int32', ['G', columns])
  const queries = graph.input('queries', 'int32', ['G', rows])
  const logits = new SharedPrefixForward(graph, config, weights, tables).logits({ pattern, keys, queries })
  graph.output(graph.op('LogSoftmax', [logits], { axis: -1 }), 'logProbs')
  return graph.build()
}

/** Layer 0's attention, as `FirstLayerPatterns` describes it. */
type PatternInputs = Readonly<Record<'pattern' | 'keys' | 'queries', Value>>

class SharedPrefixForward {
  readonly #graph: GraphBuilder
  readonly #config: ModelConfig
  readonly #weights: Weights
  readonly #tables: FirstLayerTables
  /** Positions that a group shares: a, +, and b but for its last digit. */
  readonly #shared: number
  /** Positions behind them but the last, which predicts nothing. */
  readonly #own: number

  constructor(graph: GraphBuilder, config: ModelConfig, weights: Weights, tables: FirstLayerTables) {
    this.#graph = graph
    this.#config = config
    this.#weights = weights
    this.#tables = tables
    this.#shared = 2 * config.layout.answerDigits
    this.#own = config.layout.answerDigits + 1
  }

  /** [example, digit, vocab]. */
  logits(patterns: PatternInputs): Value {
    const { n_layers } = this.#config
    let residual = this.#firstLayer(patterns)
    for (let layer = 1; layer < n_layers - 1; layer++) residual = this.#middleLayer(layer, residual)
    return this.#unembed(n_layers === 1 ? this.#ofSums(residual, this.#predicting()) : this.#lastLayer(residual))
  }

  /** The residual stream [group, row, d_model] after layer 0; rows as in `FirstLayerPatterns`. */
  #firstLayer({ pattern, keys, queries }: PatternInputs): Value {
    const { d_model: M, n_heads: H } = this.#config
    const { embedding, values } = this.#tables
    const entries = embedding.length / M
    const b_O = this.#weights.get('blocks.0.attn.b_O')!.data
    const base = embedding.map((x, index) => x + b_O[index % M]!)
    const written = this.#gather(this.#graph.constant([entries * H, M], values), keys)
    const attended = this.#graph.op('MatMul', [pattern, written])
    return this.#graph.op('Add', [attended, this.#gather(this.#graph.constant([entries, M], base), queries)])
  }

  /** The same after a layer in which every position is a query. */
  #middleLayer(layer: number, residual: Value): Value {
    const { d_model } = this.#config
    const normalized = this.#normalize(residual)
    const shared = Array.from({ length: this.#shared }, (_, position) => position)
    const own = Array.from({ length: this.#own }, (_, index) => this.#shared + index)
    const ofGroup = (x: Value) => this.#slice(x, 0, this.#shared)
    const groups = this.#attended(layer, shared, ofGroup(residual), ofGroup(normalized), ofGroup(normalized))
    const sums = this.#attended(
      layer,
      own,
      this.#ofSums(residual, own),
      this.#ofSums(normalized, own),
      this.#ofSums(normalized, [...shared, ...own]),
    )
    const ofSums = this.#reshape(sums, -1, groupSize * this.#own, d_model)
    return this.#graph.op('Concat', [groups, ofSums], { axis: 1 })
  }

  /** The residual stream [example, digit, d_model] after the last layer, where a digit is predicted. */
  #lastLayer(residual: Value): Value {
    const normalized = this.#normalize(residual)
    const predicting = this.#predicting()
    const keys = this.#ofSums(normalized, [...Array(this.#shared + this.#own).keys()])
    return this.#attended(
      this.#config.n_layers - 1,
      predicting,
      this.#ofSums(residual, predicting),
      this.#slice(keys, predicting[0]!, this.#shared + this.#own),
      keys,
    )
  }

  #predicting(): number[] {
    return answerPositions(this.#config.layout)
  }

  /** Some positions of every sum [example, position, d_model], out of the rows of its group. */
  #ofSums(rows: Value, positions: readonly number[]): Value {
    const indices = Array.from({ length: groupSize }, (_, sum) =>
      positions.map((position) => (position < this.#shared ? position : position + sum * this.#own)),
    ).flat()
    const gathered = this.#graph.op(
      'Gather',
      [rows, this.#graph.constant([indices.length], Int32Array.from(indices))],
      {
        axis: 1,
      },
    )
    return this.#reshape(gathered, -1, positions.length, this.#config.d_model)
  }

  /** x / scale: fully processed weights leave nothing to centre. */
  #normalize(x: Value): Value {
    const square = this.#graph.op('Mul', [x, x])
    // Without the axis of extent 1, along which onnxruntime adds one number at a time.
    const mean = this.#graph.op('ReduceMean', [square, this.#graph.integers(-1)], { keepdims: 0 })
    const epsilon = this.#graph.scalar(this.#config.eps, 'float32')
    const scale = this.#graph.op('Sqrt', [this.#graph.op('Add', [mean, epsilon])])
    return this.#graph.op('Div', [x, this.#graph.op('Unsqueeze', [scale, this.#graph.integers(-1)])])
  }

  /**
   * The residual stream [.., position, d_model] after a layer at some positions, from before it. `normalized` is that after
   * LayerNorm, and `keys` [.., key, d_model] the same at all positions that these see.
   */
  #attended(layer: number, positions: readonly number[], residual: Value, normalized: Value, keys: Value): Value {
    const { d_model: M, n_heads: H } = this.#config
    const { OV } = headCircuits(this.#config, this.#weights, layer)
    const pattern = this.#pattern(layer, positions, normalized, keys)
    const mixed = this.#reshape(this.#graph.op('MatMul', [pattern, keys]), -1, H * M)
    const base = this.#graph.op('Add', [residual, this.#biases(layer, positions.length)])
    const operands = [mixed, this.#graph.constant([H * M, M], OV), this.#reshape(base, -1, M)]
    return this.#reshape(this.#graph.op('Gemm', operands), -1, positions.length, M)
  }

  /** Attention of every head [.., position * head, key]. */
  #pattern(layer: number, positions: readonly number[], normalized: Value, keys: Value): Value {
    const { d_model: M, n_heads: H } = this.#config
    const { QK, queryBias } = headCircuits(this.#config, this.#weights, layer)
    const queries = this.#graph.op('Gemm', [
      this.#reshape(normalized, -1, M),
      this.#graph.constant([M, H * M], QK),
      this.#graph.constant([H * M], queryBias),
    ])
    const rows = this.#reshape(queries, -1, positions.length * H, M)
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

  /** Logits [example, digit, vocab] of the residual stream where digits are predicted. */
  #unembed(residual: Value): Value {
    const { d_model, d_vocab, layout } = this.#config
    const normalized = this.#reshape(this.#normalize(residual), -1, d_model)
    const [W_U, b_U] = [this.#parameter('unembed.W_U'), this.#parameter('unembed.b_U')]
    return this.#reshape(this.#graph.op('Gemm', [normalized, W_U, b_U]), -1, layout.answerDigits, d_vocab)
  }

  /** b_O once for each position, which is added faster than one that is repeated. */
  #biases(layer: number, positions: number): Value {
    const { data } = this.#weights.get(`blocks.${layer}.attn.b_O`)!
    const repeated = Float32Array.from({ length: positions * data.length }, (_, index) => data[index % data.length]!)
    return this.#graph.constant([positions, data.length], repeated)
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
