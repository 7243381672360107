import { holds } from '../../core/head-subsets'
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

/**
 * The losses with subsets of the heads ablated at once. A subset is a sum of 2^head, the first head of the first layer being 0.
 * What the heads of the first layer write is known from the clean run, so it is given and not computed; and from a run with a
 * subset of the earlier layers ablated, every subset of the last layer follows, since its heads only add up. So subsets are shared
 * out among processes by their heads of earlier layers.
 */
export class SubsetLosses {
  sums = 0
  readonly #totals: readonly ScoreTotals[]
  readonly #sets: SumSets
  readonly #sources: ReplacementSources
  readonly #site: Site
  readonly #positions: readonly number[]

  /** By their heads of earlier layers: the places in `subsets` of those that are run here. */
  readonly #groups: readonly (readonly number[])[]

  constructor(
    private readonly model: Model,
    private readonly params: SweepParams,
    private readonly subsets: readonly number[],
    schedule: Schedule = {},
  ) {
    const { n_layers, n_heads, layout } = model.config
    const { share = { index: 0, of: 1 } } = schedule
    const earlier = 2 ** (n_heads * (n_layers - 1))
    const groups = new Map<number, number[]>()
    subsets.forEach((subset, place) => groups.set(subset % earlier, [...(groups.get(subset % earlier) ?? []), place]))
    this.#groups = [...groups.values()].filter((_, index) => index % share.of === share.index)
    const { interventions = [] } = params
    // A head's result is z @ W_O: where nothing else acts, replacing z is the same, and cheaper.
    this.#site = interventions.length === 0 ? 'z' : 'result'
    this.#totals = subsets.map(() => new ScoreTotals(layout))
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

  /** [subset, digit], in nats; NaN before the first batch, and for what others run. */
  perDigit(): Float64Array {
    return Float64Array.from(this.#totals.flatMap(({ lossPerDigit }) => [...lossPerDigit]))
  }

  async *batches(): AsyncGenerator<{ readonly done: number; readonly total: number }> {
    const { sums } = this.#sets
    for (const batch of batchesOf(sums)) {
      const state = await this.#stateOf(batch)
      for (const group of this.#groups) await this.#withEarlierCut(batch, state, group)
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

  async #withEarlierCut(batch: Batch, state: State, group: readonly number[]): Promise<void> {
    const { config } = this.model
    const { n_heads, n_layers } = config
    const last = n_layers - 1
    const { tokens, lasting, ablations, baseline } = state
    const shared = this.subsets[group[0]!]!
    const layers = Array.from({ length: last }, (_, layer) => layer)
    const edits = layers.map((layer) => {
      const ablated = editOf(ablations[layer]!, (head) => holds(shared, layer * n_heads + head))
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
    for (const place of group) {
      const subset = this.subsets[place]!
      const whole = given(
        editOf(ablations[last]!, (head) => holds(subset, last * n_heads + head)),
        run,
      )
      const options = { outputs: ['logits'], edits: [whole], start, positions: this.#positions }
      const logits = (await this.model.run(tokens, options)).get('logits')!
      this.#totals[place]!.addAll(answerScores(logits, batch.sums, config))
    }
  }
}

interface State {
  readonly tokens: Tokens
  readonly lasting: readonly Edit[]
  readonly ablations: readonly Edit[]
  readonly baseline: ActivationCache
}

/** The same edit of only some heads. The axes are [example, position, head, ..]. */
function editOf({ hook, mask, value }: Edit, ablates: (head: number) => boolean): Edit {
  const extent = mask.shape[2]!
  const data = mask.data.map((replaced, index) => (ablates(index % extent) ? replaced : 0))
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
