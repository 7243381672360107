import { BadInput } from '../../core/bad-input'
import { answerPositions } from '../../core/positions'
import { tokensOf } from '../../core/tokens'
import { resolveEdits } from '../../model/edits'
import { hookOf, type Intervention, type Site } from '../../model/intervention'
import type { ActivationCache, Edit, Model, Tokens } from '../../model/model'
import { overlaid } from '../../model/overlaid-edits'
import type { SweepParams } from '../ablation/ablation-sweep'
import type { Schedule } from '../analysis'
import { chosenSets } from '../running/chosen-sums'
import { ReplacementSources, type SumSets } from '../running/replacement-sources'
import { batchesOf, type Batch } from '../running/run-batches'
import { answerScores } from './answer-scores'
import { ScoreTotals } from './score-totals'

/** With more heads than this there are too many subsets. */
const mostHeads = 10

/**
 * The losses with every subset of the heads ablated at once. Subsets are bit masks, the first head of the first layer the lowest bit.
 * What the heads of the first layer write is known from the clean run, so it is given and not computed; and from a run with a
 * subset of the earlier layers ablated, every subset of the last layer follows, since its heads only add up.
 */
export class SubsetLosses {
  sums = 0
  readonly #totals: readonly ScoreTotals[]
  readonly #sets: SumSets
  readonly #sources: ReplacementSources
  readonly #site: Site
  readonly #positions: readonly number[]

  /** Throws BadInput for a model with too many heads. */
  constructor(
    private readonly model: Model,
    private readonly params: SweepParams,
    schedule?: Schedule,
  ) {
    const { n_layers, n_heads, layout } = model.config
    const heads = n_layers * n_heads
    if (heads > mostHeads)
      throw new BadInput(
        `The model has ${heads} heads, and so ${2 ** heads} subsets to ablate: "interaction" is for models of at most ${mostHeads} heads.`,
      )
    const { interventions = [] } = params
    // A head's result is z @ W_O: where nothing else acts, replacing z is the same, and cheaper.
    this.#site = interventions.length === 0 ? 'z' : 'result'
    this.#totals = Array.from({ length: 2 ** heads }, () => new ScoreTotals(layout))
    this.#sets = chosenSets(params, layout, schedule)
    this.#positions = answerPositions(layout)
    const hooks = [
      ...interventions.map(({ site, layer }) => hookOf(site, layer)),
      ...Array.from({ length: n_layers }, (_, layer) => hookOf(this.#site, layer)),
    ]
    this.#sources = new ReplacementSources(model, this.#sets, {
      positions: this.#positions,
      hooks: [...new Set(hooks)],
    })
  }

  /** [subset, digit], in nats; NaN before the first batch. */
  perDigit(): Float64Array {
    return Float64Array.from(this.#totals.flatMap(({ lossPerDigit }) => [...lossPerDigit]))
  }

  async *batches(): AsyncGenerator<{ readonly done: number; readonly total: number }> {
    const { n_heads, n_layers } = this.model.config
    const { sums } = this.#sets
    const earlier = n_heads * (n_layers - 1)
    for (const batch of batchesOf(sums)) {
      const state = await this.#stateOf(batch)
      for (let subset = 0; subset < 2 ** earlier; subset++) await this.#withEarlierCut(batch, state, subset)
      this.sums += batch.sums.length
      yield { done: batch.end, total: sums.length }
    }
  }

  /** What every subset of a batch shares. */
  async #stateOf(batch: Batch) {
    const { model } = this
    const { config } = model
    const { interventions = [], mode = 'mean' } = this.params
    const replacements = this.#sources.ofBatch(batch)
    const tokens = tokensOf(batch.sums, config.layout)
    const lasting = await resolveEdits(model, interventions, replacements, this.#positions)
    const ablateAll = Array.from({ length: config.n_layers * config.n_heads }, (_, head): Intervention => {
      const [layer, ofLayer] = [Math.floor(head / config.n_heads), head % config.n_heads]
      return { site: this.#site, layer, head: ofLayer, positions: 'all', mode }
    })
    const ablations = await resolveEdits(model, ablateAll, replacements, this.#positions)
    const first = hookOf(this.#site, 0)
    const baseline = await model.run(tokens, { outputs: [first], edits: lasting, positions: this.#positions })
    return { tokens, lasting, ablations, baseline }
  }

  async #withEarlierCut(batch: Batch, state: State, subset: number): Promise<void> {
    const { config } = this.model
    const { n_heads, n_layers } = config
    const last = n_layers - 1
    const { tokens, lasting, ablations, baseline } = state
    const layers = Array.from({ length: last }, (_, layer) => layer)
    const edits = layers.map((layer) => {
      const ablated = editOf(ablations[layer]!, (subset >> (layer * n_heads)) & (2 ** n_heads - 1))
      return layer === 0 ? given(ablated, baseline) : ablated
    })
    const stream = hookOf('resid_pre', last)
    const written = hookOf(this.#site, last)
    const run = await this.model.run(tokens, {
      outputs: [stream, written],
      edits: overlaid(lasting, edits),
      positions: this.#positions,
    })
    const start = { layer: last, residPre: run.get(stream)! }
    for (let ofLast = 0; ofLast < 2 ** n_heads; ofLast++) {
      const whole = given(editOf(ablations[last]!, ofLast), run)
      const options = { outputs: ['logits'], edits: [whole], start, positions: this.#positions }
      const logits = (await this.model.run(tokens, options)).get('logits')!
      this.#totals[(ofLast << (last * n_heads)) | subset]!.addAll(answerScores(logits, batch.sums, config))
    }
  }
}

interface State {
  readonly tokens: Tokens
  readonly lasting: readonly Edit[]
  readonly ablations: readonly Edit[]
  readonly baseline: ActivationCache
}

/** The same edit of only those heads whose bits are set. The axes are [example, position, head, ..]. */
function editOf({ hook, mask, value }: Edit, heads: number): Edit {
  const extent = mask.shape[2]!
  const data = mask.data.map((replaced, index) => (heads & (1 << (index % extent)) ? replaced : 0))
  return { hook, mask: { shape: mask.shape, data }, value }
}

/** An edit and what it leaves of the run's activation as one that gives it whole. */
function given(edit: Edit, run: ActivationCache): Edit {
  const { data, shape } = run.get(edit.hook)!
  const width = shape.at(-1)!
  const cells = edit.mask.data.length
  const examples = shape[0]!
  const value = data instanceof Float64Array ? data.slice() : Float32Array.from(data)
  const rows = edit.value.shape[0]!
  for (let example = 0; example < examples; example++)
    for (let cell = 0; cell < cells; cell++) {
      if (edit.mask.data[cell] !== 1) continue
      const from = ((rows === 1 ? 0 : example) * cells + cell) * width
      value.set(edit.value.data.subarray(from, from + width), (example * cells + cell) * width)
    }
  const maskShape = [1, ...shape.slice(1, -1), 1]
  return {
    hook: edit.hook,
    mask: { shape: maskShape, data: new Uint8Array(cells).fill(1) },
    value: { shape, data: value },
  }
}
