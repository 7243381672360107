import type { HeadSite } from '../../core/head-site'
import { answerPositions } from '../../core/positions'
import { tokensOf } from '../../core/tokens'
import { resolveEdits } from '../../model/edits'
import { hookOf } from '../../model/intervention'
import type { ActivationCache, Edit, Model, RunOptions, Tokens } from '../../model/model'
import { loneEditable, loneHooks, type LoneDigits, type LoneSites } from '../../model/lone-sites'
import { overlaid } from '../../model/overlaid-edits'
import { hooksToShare } from '../../model/shared-with-clean'
import type { RunSumsParams } from '../parameters'
import { ReplacementSources } from '../running/replacement-sources'
import { batchesOf, type Batch } from '../running/run-batches'
import type { SumPairs } from './paired-sums'
import { reordered } from './reordered-runs'
import { siteEdits, type Movable } from './site-edits'

/** Which activations of a run are wanted, and where a later layer may begin. */
export type PairedRunOptions = Pick<RunOptions, 'outputs' | 'start'> & { readonly edits?: readonly Edit[] }

/** The clean runs of more sums than this are not kept for what they give as donors. */
const mostKept = 2000

/**
 * Pairs of a recipient and a donor, batch by batch. Interventions act on the recipients, with and without a transplant; the donor
 * is always clean. Only the positions that predict are computed to the end.
 */
export class TransplantRuns {
  readonly positions: readonly number[]
  readonly #sources: ReplacementSources
  readonly #isPlain: boolean

  constructor(
    readonly model: Model,
    readonly pairs: SumPairs,
    private readonly params: RunSumsParams,
    meanSums: SumPairs['recipients'],
    /** What is transplanted, and hooks that the baseline run should return as well. */
    private readonly wanted: {
      readonly of: Movable
      readonly layers: readonly number[]
      readonly baseline?: readonly string[]
      readonly loneSites?: LoneSites | undefined
    },
  ) {
    const { interventions = [] } = params
    this.positions = answerPositions(model.config.layout)
    this.#isPlain = interventions.length === 0
    const hooks = [...new Set(interventions.map(({ site, layer }) => hookOf(site, layer)))]
    this.#sources = new ReplacementSources(
      model,
      { sums: pairs.recipients, meanSums },
      { positions: this.positions, hooks },
    )
  }

  /** A head's result is z @ W_O: taking z is the same, and the heads need not be computed one by one. */
  get #of(): Movable {
    return this.#isPlain && this.wanted.of === 'result' ? 'z' : this.wanted.of
  }

  /** What runs with a transplant take from the run without: the same for every site, so that the engine remembers one run for all. */
  get #shared(): readonly string[] {
    const { config } = this.model
    const shared = hooksToShare(config, { atZ: this.#isPlain && this.#of === 'z' })
    return this.wanted.loneSites && config.n_layers > 1
      ? [...shared, ...loneHooks(config, !this.#isPlain).heads]
      : shared
  }

  /** What is taken from the donors' run, which is the same for every site for the same reason. */
  get #taken(): readonly string[] {
    const all = Array.from({ length: this.model.config.n_layers }, (_, layer) => layer)
    return (this.#of === 'z' ? all : this.wanted.layers).map((layer) => hookOf(this.#of, layer))
  }

  async *batches(): AsyncGenerator<PairedBatch> {
    const { model, pairs, positions } = this
    const { loneSites } = this.wanted
    const batches = [...batchesOf(pairs.recipients)]
    const places = this.#placesOfDonors()
    const known = places ? await this.#allRecipients(batches) : undefined
    for (const [index, batch] of batches.entries()) {
      const { begin, end } = batch
      const recipients = known?.[index] ?? (await this.#recipients(batch))
      const some = { recipients: batch.sums, donors: pairs.donors.slice(begin, end) }
      const donors = tokensOf(some.donors, model.config.layout)
      const donor =
        places && known
          ? reordered(
              known.map(({ baseline }) => baseline),
              places.slice(begin, end),
              this.#taken,
            )
          : await model.run(donors, { outputs: this.#taken, positions })
      const state = { ...recipients, donor, of: this.#of, isPlain: this.#isPlain }
      yield new PairedBatch(model, some, end, loneSites ? { ...state, loneSites } : state)
    }
  }

  get #outputs(): readonly string[] {
    return [...new Set(['logits', ...this.#shared, ...(this.wanted.baseline ?? [])])]
  }

  async #recipients(batch: Batch): Promise<Pick<BatchState, 'tokens' | 'edits' | 'baseline'>> {
    const { model, positions } = this
    const { interventions = [] } = this.params
    const tokens = tokensOf(batch.sums, model.config.layout)
    const edits = await resolveEdits(model, interventions, this.#sources.ofBatch(batch), positions)
    return { tokens, edits, baseline: await model.run(tokens, { outputs: this.#outputs, positions, edits }) }
  }

  async #allRecipients(batches: readonly Batch[]) {
    const all = []
    for (const batch of batches) all.push(await this.#recipients(batch))
    return all
  }

  /**
   * Where each donor stands among the recipients, as in every pairing: what it gives is then known from their clean run. Undefined where
   * that is not so, or there are too many to keep.
   */
  #placesOfDonors(): readonly number[] | undefined {
    const { recipients, donors } = this.pairs
    const isKept = this.#isPlain && recipients.length <= mostKept
    if (!isKept || !this.#taken.every((hook) => this.#outputs.includes(hook))) return undefined
    const places = new Map(recipients.map((sum, place) => [sum, place]))
    const found = donors.map((donor) => places.get(donor) ?? -1)
    return found.includes(-1) ? undefined : found
  }
}

interface BatchState {
  readonly tokens: Tokens
  readonly edits: readonly Edit[]
  readonly baseline: ActivationCache
  readonly donor: ActivationCache
  readonly of: Movable
  readonly isPlain: boolean
  readonly loneSites?: LoneSites
}

/** One batch of pairs whose baseline and donor runs are known. */
export class PairedBatch {
  constructor(
    private readonly model: Model,
    readonly pairs: SumPairs,
    /** How many pairs there are up to its last one. */
    readonly end: number,
    private readonly state: BatchState,
  ) {}

  /** The recipients without a transplant. */
  get baseline(): ActivationCache {
    return this.state.baseline
  }

  /** The recipients with the sites taken from their donors. */
  async transplanted(sites: readonly HeadSite[], outputs: readonly string[] = ['logits']): Promise<ActivationCache> {
    const { model, state } = this
    const positions = answerPositions(model.config.layout)
    const moved = siteEdits(model.config, sites, state.of, state.donor, positions)
    if (moved.length === 0 && outputs.every((name) => state.baseline.has(name))) return state.baseline
    if (state.isPlain) return this.run({ outputs, edits: moved }, { clean: state.baseline })
    const first = Math.min(...sites.map(({ layer }) => layer))
    const shared = this.#startingAt(first, outputs)
    const lasting = shared.start ? this.editsFrom(first) : state.edits
    return this.run({ outputs, edits: overlaid(lasting, moved) }, shared)
  }

  /**
   * What each head of the last two layers at each of `places` does when it is transplanted alone; `untouched` are the digits
   * without. Undefined where each site needs a run of its own.
   */
  async lone(places: readonly number[], untouched: Uint8Array): Promise<LoneDigits | undefined> {
    const { baseline, donor, edits, isPlain, loneSites } = this.state
    const { config } = this.model
    if (!loneSites || config.n_layers < 2 || places.length === 0 || !loneEditable(config, edits)) return undefined
    return loneSites({ own: baseline, donors: donor, ...(!isPlain && { edits }) }, places, untouched)
  }

  /** Any other run of the recipients; edits of interventions are for the caller to add. */
  async run(options: PairedRunOptions, shared: Partial<RunOptions> = {}): Promise<ActivationCache> {
    const positions = answerPositions(this.model.config.layout)
    return this.model.run(this.state.tokens, { ...options, ...shared, positions })
  }

  /** Edits of the interventions, from a layer on. */
  editsFrom(layer: number): readonly Edit[] {
    return this.state.edits.filter(({ hook }) => Number(/^blocks\.(\d+)\./.exec(hook)?.[1]) >= layer)
  }

  #startingAt(layer: number, outputs: readonly string[]): Partial<RunOptions> {
    const residPre = this.state.baseline.get(`blocks.${layer - 1}.hook_resid_post`)
    const isLater = outputs.every((name) => name === 'logits' || Number(/^blocks\.(\d+)\./.exec(name)?.[1]) >= layer)
    return residPre && isLater ? { start: { layer, residPre } } : {}
  }
}
