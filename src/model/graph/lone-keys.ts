import type { Value } from '../onnx/value'
import type { GraphContext } from './graph-context'
import type { LoneEdits } from './lone-edits'
import { project, type Letter } from './project'
import { unembeddable } from './unembed-rows'

/**
 * The last layer's attention if the stream is another one at a single place: for every place, and every head that may have written
 * there. Queries stay, and of keys and values one. What the other positions add to softmax's numerator and denominator is computed once
 * for every place, with a scale of its own, so that nothing is subtracted.
 */
export class LoneKeys {
  /** The recipients' keys [example, head, d_head, position] and values [example, head, position, d_head]. */
  readonly keys: Value
  readonly values: Value
  /** The keys and values that stand at the places instead, [example, head, place * moved head, d_head]. */
  readonly newKeys: Value
  readonly newValues: Value
  readonly #queries: Value

  /** `x` is the normalized stream [example, position, d_model], `y` that at the places, [example, place * moved head, d_model]. */
  constructor(
    readonly context: GraphContext,
    readonly layer: number,
    x: Value,
    readonly y: Value,
    readonly places: readonly number[],
    readonly edits: LoneEdits,
  ) {
    const { builder, config, length, spec } = context
    const every = Array.from({ length }, (_, position) => position)
    const moved = places.flatMap((place) => new Array<number>(config.n_heads).fill(place))
    this.keys = builder.op('Transpose', [this.heads('K', x, every)], { perm: [0, 1, 3, 2] })
    this.values = this.heads('V', x, every)
    this.newKeys = this.heads('K', y, moved)
    this.newValues = this.heads('V', y, moved)
    this.#queries = this.queries(context.atPositions(x, spec.positions), this.#rows)
  }

  /** The rows of the queries among the positions that predict. */
  get #rows(): number[] {
    return [...this.context.spec.positions!.keys()]
  }

  /** The stream [example, query * place * moved head, d_model] after the layer, `unembeddable`; `base` is that before it. */
  stream(base: Value): Value {
    const { context, places } = this
    const { builder, config, spec } = context
    const { n_heads: H, d_model } = config
    const queries = spec.positions!.length
    const z = builder.op('Transpose', [this.#mixed()], { perm: [0, 2, 3, 4, 1, 5] })
    // For edits every head that may have moved is a row like any other.
    const each = this.#rows.flatMap((row) => new Array<number>(places.length * H).fill(row))
    const apart = builder.op('Reshape', [z, builder.integers(0, each.length, H, config.d_head)])
    const written = this.written(apart, each)
    const rows = builder.op('Reshape', [written, builder.integers(0, queries, places.length * H, d_model)])
    const stream = this.before(base, this.#rows)
    const summed = builder.op('Add', [rows, builder.op('Unsqueeze', [stream, builder.integers(2)])])
    return builder.op('Reshape', [summed, builder.integers(0, queries * places.length * H, d_model)])
  }

  /** What the heads write from z [example, row, head, d_head] at some of the queries, `unembeddable`. */
  written(z: Value, queries: readonly number[]): Value {
    const { builder, config, parameters } = this.context
    const width = config.n_heads * config.d_head
    const kept = this.edits.withoutResults(this.edits.replaced('z', z, queries), queries)
    const W_O = parameters(`blocks.${this.layer}.attn.W_O`)
    const flat = builder.op('Reshape', [W_O, builder.integers(width, config.d_model)])
    const rows = builder.op('Reshape', [kept, builder.integers(0, queries.length, width)])
    return builder.op('MatMul', [rows, unembeddable(this.context, flat)])
  }

  /** The stream before the layer [example, row, d_model] at some of the queries, and what does not depend on its heads; `unembeddable`. */
  before(stream: Value, queries: readonly number[]): Value {
    const { builder, parameters } = this.context
    const biased = builder.op('Add', [stream, parameters(`blocks.${this.layer}.attn.b_O`)])
    return unembeddable(this.context, this.edits.withResults(biased, queries))
  }

  /** [example, head, row, d_head] of rows [example, row, d_model], which stand at these of the hook's positions. */
  heads(letter: Letter, rows: Value, at: readonly number[]): Value {
    const { context, edits, layer } = this
    const projected = project(context, { layer, letter }, rows)
    const site = letter.toLowerCase() as Lowercase<Letter>
    return context.builder.op('Transpose', [edits.replaced(site, projected, at)], { perm: [0, 2, 1, 3] })
  }

  /** Queries divided by sqrt(d_head). */
  queries(rows: Value, at: readonly number[]): Value {
    const { builder, config, type } = this.context
    return builder.op('Div', [this.heads('Q', rows, at), builder.scalar(Math.sqrt(config.d_head), type)])
  }

  /** hook_z [example, head, query, place, moved head, d_head]. */
  #mixed(): Value {
    const { context, places } = this
    const { builder, config } = context
    const { n_heads: H, d_head } = config
    const queries = context.spec.positions!.length
    const { largest, total, sum } = this.#others()
    const turned = builder.op('Transpose', [this.newKeys], { perm: [0, 1, 3, 2] })
    const products = builder.op('MatMul', [this.#queries, turned])
    const apart = builder.op('Reshape', [products, builder.integers(0, 0, queries, places.length, H)])
    const scores = this.#masked(
      apart,
      [queries, places.length, 1],
      places.map((place) => (query) => place <= query),
    )
    const top = builder.op('Max', [largest, scores])
    const scaled = (score: Value) => builder.op('Exp', [builder.op('Sub', [score, top])])
    const replaced = (x: Value, of: (given: Value) => Value) => this.edits.replacedPattern(x, this.#rows, of)
    const one = builder.scalar(1, context.type)
    const kept = replaced(scaled(largest), () => one)
    const added = replaced(scaled(scores), (given) => {
      const there = builder.op('Gather', [given, builder.integers(...places)], { axis: 3 })
      return builder.op('Unsqueeze', [there, builder.integers(4)])
    })
    const whole = replaced(builder.op('Add', [builder.op('Mul', [kept, total]), added]), () => one)
    const share = (part: Value) => builder.op('Unsqueeze', [builder.op('Div', [part, whole]), builder.integers(5)])
    const values = builder.op('Reshape', [this.newValues, builder.integers(0, 0, 1, places.length, H, d_head)])
    return builder.op('Add', [builder.op('Mul', [sum, share(kept)]), builder.op('Mul', [values, share(added)])])
  }

  /** Of all positions but a place: the largest score, and by its scale the sums of exp(score) and of exp(score) value. */
  #others(): { readonly largest: Value; readonly total: Value; readonly sum: Value } {
    const { context, places } = this
    const { builder, length } = context
    const queries = context.spec.positions!.length
    const products = builder.op('Unsqueeze', [builder.op('MatMul', [this.#queries, this.keys]), builder.integers(3)])
    const keys = Array.from({ length }, (_, key) => key)
    const scores = this.#masked(
      products,
      [queries, places.length, length],
      places.flatMap((place) => keys.map((key) => (query: number) => key <= query && key !== place)),
    )
    const largest = builder.op('ReduceMax', [scores, builder.integers(-1)])
    const others = places.flatMap((place) => keys.map((key) => Number(key !== place)))
    const weights = this.edits.replacedPattern(
      builder.op('Exp', [builder.op('Sub', [scores, largest])]),
      this.#rows,
      (given) => {
        const elsewhere = builder.constant([places.length, length], Float32Array.from(others))
        return builder.op('Mul', [builder.op('Unsqueeze', [given, builder.integers(3)]), elsewhere])
      },
    )
    const rows = builder.op('Reshape', [weights, builder.integers(0, 0, queries * places.length, length)])
    const total = builder.op('MatMul', [rows, builder.constant([length, 1], new Float32Array(length).fill(1))])
    const sum = builder.op('MatMul', [rows, this.values])
    const apart = (x: Value, ...more: readonly number[]) =>
      builder.op('Reshape', [x, builder.integers(0, 0, queries, places.length, 1, ...more)])
    return { largest, total: apart(total), sum: apart(sum, context.config.d_head) }
  }

  /** Scores where a query sees what they are of, else -Infinity; `sees` is asked for each entry behind the queries' axis. */
  #masked(scores: Value, shape: readonly number[], sees: readonly ((query: number) => boolean)[]): Value {
    const { builder, spec, type } = this.context
    const mask = spec.positions!.flatMap((query) => sees.map((seen) => Number(seen(query))))
    const visibleEntries = builder.constant(shape, Uint8Array.from(mask))
    return builder.op('Where', [visibleEntries, scores, builder.scalar(-Infinity, type)])
  }
}
