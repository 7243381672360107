import { sumDataset } from '../../core/dataset'
import type { HeadSite } from '../../core/head-site'
import type { Head } from '../../core/heads'
import { answerPosition } from '../../core/positions'
import { operandLimit } from '../../core/task-layout'
import type { Sum } from '../../core/sum'
import type { EngineClient, ModelInfo, RunView } from '../../contract/contract'
import type { Intervention } from '../../model/intervention'
import type { LabSection, LabState } from '../../session/lab'
import { digitsOfSum, sumOfDigits } from '../../session/session'
import { observedDigits, pairDigits, type ObservedDigit, type PairDigit } from '../lab/pair-digits'
import { labSectionsOf } from '../lab/sections'
import { aloneOf, bestSite, pairProblem, painted, toggled, transplantsOf, type AloneDigit } from '../lab/sites'
import { BenchPairs } from './bench-pairs.svelte'
import { benchQuestions } from './bench-questions'
import { DonorKeeper, mostDraws, otherCarryDonor } from './lab-donor'
import { LiveRun } from './live.svelte'
import { Query, type QueryOf } from './query.svelte'
import type { SessionState } from './session.svelte'
import { SumEntry } from './sum-entry.svelte'

/** The carry lab: what is moved from which sum into the sum on screen, as chosen or, until then, by itself. */
export class Lab {
  /** The pair on screen: the sum under the interventions that act, and the same with the sites taken from the donor. */
  readonly live: LiveRun
  /** What each site alone moves. */
  readonly map: QueryOf<'transplant-map'>
  /** What the sites move together, over many pairs. */
  readonly shares: QueryOf<'transplant'>
  /** The pairs behind a number, one by one. */
  readonly pairs: BenchPairs
  /** Typing the donor. */
  readonly entry: SumEntry
  /** The site under the pointer, which is tried out on top of those that are chosen. */
  hovered = $state.raw<HeadSite | null>(null)
  /** What is being painted over the chosen sites, until the pointer is let go. */
  painting = $state.raw<{ readonly over: readonly HeadSite[]; readonly on: boolean } | null>(null)
  /** The first sums of the reference set, of which a donor is drawn until one is chosen; drawn themselves when they are needed. */
  #drawn: readonly Sum[] | undefined
  /** The donor as chosen, else the first drawn whose carry into the focus digit is another; null is a gap. */
  readonly donorDigits: readonly (number | null)[]
  #lastBest: HeadSite | null = null
  /** By itself: the site that alone moves the focus digit's carry the most often, once all are known. */
  readonly best: HeadSite | null

  constructor(
    private readonly session: SessionState,
    private readonly model: ModelInfo,
    engine: EngineClient,
    private readonly sum: () => Sum | null,
    private readonly uniform: () => number = Math.random,
  ) {
    this.live = new LiveRun(engine, 'explore/lab')
    this.map = new Query(engine, 'transplant-map', 'transplant-map/lab')
    this.shares = new Query(engine, 'transplant', 'transplant/lab')
    this.pairs = new BenchPairs(engine, session, model.config.layout)
    this.donorDigits = $derived.by(() => {
      const { layout } = model.config
      const { lab, focus } = session.analysis
      if (lab.donor) return lab.donor
      const own = sum()
      this.#drawn ??= sumDataset(model.reference, layout)
      const drawn = own && otherCarryDonor(this.#drawn, own, focus, layout)
      return drawn ? digitsOfSum(drawn, layout) : Array.from({ length: 2 * layout.operandDigits }, () => null)
    })
    this.entry = new SumEntry(new DonorKeeper(this), model.config.layout)
    this.best = $derived.by(() => {
      const { result, loading } = this.map
      if (loading && this.map.progress) return this.#lastBest
      return (this.#lastBest = result?.moved ? bestSite(result, session.analysis.focus) : null)
    })
  }

  get state(): LabState {
    return this.session.analysis.lab
  }

  get section(): LabSection {
    return this.session.view.labSection
  }

  /** Null while it is incomplete. */
  get donor(): Sum | null {
    return sumOfDigits(this.donorDigits, this.model.config.layout)
  }

  /** What is taken from the donor's run: as chosen, else the best single site. */
  get chosen(): readonly HeadSite[] {
    return this.state.sites ?? (this.best ? [this.best] : [])
  }

  /** The same with what is being painted. */
  get sites(): readonly HeadSite[] {
    const { painting, chosen } = this
    return painting ? painted(chosen, painting.over, painting.on) : chosen
  }

  /** The same with the site under the pointer tried out. */
  get tried(): readonly HeadSite[] {
    const { hovered, painting, sites } = this
    return hovered && !painting ? toggled(sites, hovered) : sites
  }

  /** The chosen sites as interventions on the sum on screen; none while there is no donor. */
  get transplants(): readonly Intervention[] {
    const { donor, sites } = this
    return donor ? transplantsOf(sites, this.state.of, donor) : []
  }

  /** Whether what the pair shows is only tried out. */
  get previews(): boolean {
    return this.hovered !== null && this.painting === null
  }

  /** The digits in which the prediction lets the carry move. */
  get moves(): readonly number[] {
    return this.state.moves ?? [this.session.analysis.focus]
  }

  /** Why there is nothing to compare, in one sentence. */
  get problem(): string | null {
    return pairProblem(this.sum(), this.donor, this.model.config.layout)
  }

  /** What the arithmetic says of the pair that was answered last, or is asked about; null where there is nothing to compare. */
  get pair(): readonly PairDigit[] | null {
    const { answered } = this.live
    const [sum, donor] = [answered?.sum ?? this.sum(), answered?.preview?.[0]?.donor ?? this.donor]
    return sum && donor ? pairDigits(sum, donor, this.moves, this.model.config.layout) : null
  }

  /** The run of the sum without a transplant, under the interventions that act; null until the first answer. */
  get own(): RunView | null {
    return this.live.result?.now ?? null
  }

  /** The run with the transplant, through the pieces by which alone it may act; null where nothing is moved. */
  get transplanted(): RunView | null {
    return this.live.result?.preview ?? null
  }

  /** What the model answered after the transplant, digit by digit; null until it is known. */
  get observed(): readonly ObservedDigit[] | null {
    const { pair, transplanted } = this
    return pair && transplanted && transplanted.predicted.length === pair.length
      ? observedDigits(transplanted, pair)
      : null
  }

  /** What a site alone does to each digit, over many pairs; null until it is known. */
  alone(site: HeadSite): readonly AloneDigit[] | null {
    const { result } = this.map
    return result?.moved ? aloneOf(result, site) : null
  }

  /** How often a site alone moves the focus digit's carry; NaN until it is known. */
  movedAlone(site: HeadSite): number {
    return this.alone(site)?.[this.session.analysis.focus]?.moved ?? NaN
  }

  /** Changes what is set up on the bench, as one step that can be undone. */
  change(parts: Partial<LabState>): void {
    this.session.change({ lab: { ...this.state, ...parts } })
  }

  toggle(site: HeadSite): void {
    this.change({ sites: toggled(this.chosen, site) })
  }

  /** Takes what was painted. */
  finishPainting(): void {
    const { sites, painting } = this
    this.painting = null
    if (painting) this.change({ sites })
  }

  /** Takes sites beside those that are chosen. */
  addAll(sites: readonly HeadSite[]): void {
    this.change({ sites: painted(this.chosen, sites, true) })
  }

  clear(): void {
    this.change({ sites: [] })
  }

  toggleMove(digit: number): void {
    const { moves } = this
    this.change({
      moves: moves.includes(digit) ? moves.filter((each) => each !== digit) : [...moves, digit].toSorted(),
    })
  }

  /** Draws a donor, one with another carry into the focus digit where that is wanted. */
  draw(otherCarry: boolean): void {
    const { layout } = this.model.config
    const operand = () => Math.floor(this.uniform() * operandLimit(layout))
    const draws = Array.from({ length: otherCarry ? mostDraws : 1 }, () => ({ a: operand(), b: operand() }))
    const sum = this.sum()
    const donor = otherCarry && sum ? otherCarryDonor(draws, sum, this.session.analysis.focus, layout) : draws[0]
    if (donor) this.change({ donor: digitsOfSum(donor, layout) })
  }

  /** The donor becomes the sum, and the sum the donor. */
  swap(): void {
    const { digits, lab } = this.session.analysis
    this.session.change({ digits: this.donorDigits, lab: { ...lab, donor: digits } })
  }

  /** Sets up in Explore what is moved here: the sites, patched from the donor. One step that can be undone. */
  openInExplore(): void {
    const { interventions } = this.session.analysis
    this.session.change({ interventions: [...interventions, ...this.transplants] })
    this.session.show({ workspace: 'explore' })
  }

  /** Keeps the answers up to the state, for as long as the lab is on screen. */
  ask(): void {
    const { tried, sites, moves, state, problem } = this
    const [sum, donor] = [this.sum(), this.donor]
    const pair = sum && donor && problem === null ? { sum, donor } : null
    const { map, live, shares } = benchQuestions(
      { state, sites, tried, moves, pair },
      this.session.analysis,
      this.model,
    )
    this.map.ask(map)
    if (live) void this.live.ask(live)
    if (shares) this.shares.ask(shares)
    this.pairs.ask(shares)
  }

  /** Puts a head at a position alone on the bench, by itself where the focus digit is predicted, and goes there. */
  putOnBench({ layer, head }: Head, at?: number): void {
    const position = at ?? answerPosition(this.session.analysis.focus, this.model.config.layout)
    this.change({ sites: [{ layer, head, position }] })
    this.show('bench')
  }

  /** Goes to a section of the lab, from wherever. */
  show(section: LabSection): void {
    this.session.show({ stage: false, workspace: 'lab', labSection: section })
  }

  /** The section after the present one, or before. */
  step(by: number): void {
    const ids = labSectionsOf(this.model.config).map(({ id }) => id)
    this.show(ids[(ids.indexOf(this.section) + by + ids.length) % ids.length]!)
  }
}
