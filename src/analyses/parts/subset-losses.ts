import { holds } from '../../core/head-subsets'
import { stackProduct, type StackProduct } from '../../core/matrix-stack'
import { answerPositions } from '../../core/positions'
import { tokensOf } from '../../core/tokens'
import { resolveEdits } from '../../model/edits'
import { hookOf, type Intervention } from '../../model/intervention'
import type { Edit, Model, Tokens } from '../../model/model'
import { overlaid } from '../../model/overlaid-edits'
import type { SweepParams } from '../ablation/ablation-sweep'
import type { AnalysisContext } from '../analysis'
import { chosenSets } from '../running/chosen-sums'
import { ReplacementSources, type SumSets } from '../running/replacement-sources'
import { batchesOf, type Batch } from '../running/run-batches'
import { answerScores } from './answer-scores'
import { ExchangedHeads } from './exchanged-heads'
import { ScoreTotals } from './score-totals'

/**
 * The losses with subsets of the heads ablated at once. A subset is a sum of 2^head, the first head of the first layer being 0.
 * What the heads of the first layer write is known from the clean run, and from a run with a subset of the earlier layers ablated,
 * what those of the last layer write in every subset of them: there only the stream after the heads is exchanged, and what comes later
 * computed. So subsets are shared out among processes by their heads of earlier layers.
 */
export class SubsetLosses {
  sums = 0
  readonly #totals: readonly ScoreTotals[]
  readonly #sets: SumSets
  readonly #sources: ReplacementSources
  readonly #positions: readonly number[]
  private readonly multiply: StackProduct

  /** By their heads of earlier layers: the places in `subsets` of those that are run here. */
  readonly #groups: readonly (readonly number[])[]

  constructor(
    private readonly model: Model,
    private readonly params: SweepParams,
    private readonly subsets: readonly number[],
    { schedule = {}, multiply = stackProduct }: Pick<AnalysisContext, 'schedule' | 'multiply'> = {},
  ) {
    const { n_layers, n_heads, layout } = model.config
    const { share = { index: 0, of: 1 } } = schedule
    const earlier = 2 ** (n_heads * (n_layers - 1))
    const groups = new Map<number, number[]>()
    subsets.forEach((subset, place) => groups.set(subset % earlier, [...(groups.get(subset % earlier) ?? []), place]))
    this.#groups = [...groups.values()].filter((_, index) => index % share.of === share.index)
    this.multiply = multiply
    const { interventions = [] } = params
    this.#totals = subsets.map(() => new ScoreTotals(layout))
    this.#sets = chosenSets(params, layout, schedule)
    this.#positions = answerPositions(layout)
    const hooks = [
      ...interventions.map(({ site, layer }) => hookOf(site, layer)),
      ...Array.from({ length: n_layers }, (_, layer) => hookOf('result', layer)),
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
  async #stateOf(batch: Batch): Promise<State> {
    const { model } = this
    const { config } = model
    const { interventions = [], mode = 'mean' } = this.params
    const replacements = this.#sources.ofBatch(batch)
    const tokens = tokensOf(batch.sums, config.layout)
    const lasting = await resolveEdits(model, interventions, replacements, this.#positions)
    const ablateAll = Array.from({ length: config.n_layers * config.n_heads }, (_, head): Intervention => {
      const [layer, ofLayer] = [Math.floor(head / config.n_heads), head % config.n_heads]
      return { site: 'result', layer, head: ofLayer, positions: 'all', mode }
    })
    const ablations = await resolveEdits(model, ablateAll, replacements, this.#positions)
    const outputs = ExchangedHeads.hooks(model, 0)
    const clean = await model.run(tokens, { outputs, edits: lasting, positions: this.#positions })
    const first = new ExchangedHeads(model, clean, 0, ablations[0]!, this.multiply)
    return { tokens, lasting, ablations, first }
  }

  /** `group` are the subsets that are alike in all layers but the last. */
  async #withEarlierCut(batch: Batch, state: State, group: readonly number[]): Promise<void> {
    const { model } = this
    const last = model.config.n_layers - 1
    const { lasting } = state
    const heads = last === 0 ? state.first : await this.#lastOf(state, this.subsets[group[0]!]!)
    for (const places of inParts(group)) {
      const streams = await heads.with(places.map((place) => this.#headsIn(this.subsets[place]!, last)))
      const later = lasting.filter(({ hook }) => hook.startsWith(`blocks.${last}.`) && hook.includes('mlp'))
      for (const [index, place] of places.entries()) {
        const options = { outputs: ['logits'], edits: [streams[index]!, ...later], positions: this.#positions }
        const logits = (await model.run(state.tokens, options)).get('logits')!
        this.#totals[place]!.addAll(answerScores(logits, batch.sums, model.config))
      }
    }
  }

  /** The heads of the last layer in a run with those of a subset ablated in the layers before. */
  async #lastOf({ tokens, lasting, ablations, first }: State, subset: number): Promise<ExchangedHeads> {
    const { model } = this
    const last = model.config.n_layers - 1
    const [stream] = await first.with([this.#headsIn(subset, 0)])
    const between = Array.from({ length: last - 1 }, (_, index) => {
      const cut = this.#headsIn(subset, index + 1)
      return editOf(ablations[index + 1]!, (head) => cut.includes(head))
    })
    const run = await model.run(tokens, {
      outputs: ExchangedHeads.hooks(model, last),
      edits: [...overlaid(lasting, between), stream!],
      positions: this.#positions,
    })
    return new ExchangedHeads(model, run, last, ablations[last]!, this.multiply)
  }

  #headsIn(subset: number, layer: number): number[] {
    const { n_heads } = this.model.config
    return Array.from({ length: n_heads }, (_, head) => head).filter((head) => holds(subset, layer * n_heads + head))
  }
}

interface State {
  readonly tokens: Tokens
  readonly lasting: readonly Edit[]
  readonly ablations: readonly Edit[]
  /** The heads of the first layer, as they are without an ablation. */
  readonly first: ExchangedHeads
}

/** So few at a time that what is exchanged in them stays small. */
function inParts<T>(items: readonly T[]): T[][] {
  const size = 16
  return Array.from({ length: Math.ceil(items.length / size) }, (_, part) =>
    items.slice(part * size, (part + 1) * size),
  )
}

/** The same edit of only some heads. The axes are [example, position, head, ..]. */
function editOf({ hook, mask, value }: Edit, ablates: (head: number) => boolean): Edit {
  const extent = mask.shape[2]!
  const data = mask.data.map((replaced, index) => (ablates(index % extent) ? replaced : 0))
  return { hook, mask: { shape: mask.shape, data }, value }
}
