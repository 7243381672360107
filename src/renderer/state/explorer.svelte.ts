import type { AnalysisResult } from '../../analyses/analysis'
import type { AnalysisParams } from '../../analyses/registry'
import { columnsOf, type Columns } from '../../core/columns'
import type { Head } from '../../core/heads'
import type { Sum } from '../../core/sum'
import { answerDigitsOf } from '../../core/tokens'
import type { AnyFigure, Subject } from '../../charts/figure'
import { paramsOf, type FigureState } from '../../charts/figure-params'
import type { PaletteChoice } from '../../charts/drawing/palette'
import type { Intervention } from '../../model/intervention'
import type { ModelConfig } from '../../model/config'
import type { EngineClient, ModelInfo } from '../../contract/contract'
import { sumOfDigits, type AnalysisState, type Pins } from '../../session/session'
import { Failures } from './failures.svelte'
import { Interventions } from './interventions.svelte'
import { Lab } from './lab.svelte'
import { LiveRun } from './live.svelte'
import { meansOf, setsOf } from '../../session/mean-set'
import type { Overlay } from './overlay'
import { Pickers } from './pickers'
import { Places } from './places.svelte'
import { Results } from './results'
import { Runs } from './runs.svelte'
import type { SessionState } from './session.svelte'
import { stateText } from './state-text'
import { Tour } from './tour.svelte'
import type { Training } from './training.svelte'
import { SumEntry } from './sum-entry.svelte'
import { Sweeps } from './sweeps.svelte'

/** What Explore's parts share: the model, the session, the answers, and what the pointer is on. */
export class Explorer {
  readonly live: LiveRun
  /** The run of the state pinned as A, while that is what the present is held against. */
  readonly pinned: LiveRun
  readonly runs: Runs
  readonly interventions: Interventions
  readonly sweeps: Sweeps
  /** What figures show. */
  readonly results: Results
  readonly entry: SumEntry
  readonly pickers: Pickers
  readonly places: Places
  /** The carry lab: what is moved from which sum, as chosen there or by itself. */
  readonly lab: Lab
  readonly failures: Failures
  /** Claims about how the open model adds, and what their checks found. */
  readonly tour: Tour
  /** The answer digit that panels about one digit show. Derived, so that a keystroke redraws nothing that only it decides. */
  readonly focus: number
  /** The head under the pointer; its ablation is previewed. */
  hovered = $state.raw<Head | null>(null)
  /** The head that was clicked; it stays until Esc. */
  locked = $state.raw<Head | null>(null)
  /** What the pointer is on in a figure, marked in all others; a click keeps it marked until Esc. */
  pointed = $state.raw<Subject | null>(null)
  kept = $state.raw<Subject | null>(null)
  /** The dialog that is open above everything. */
  overlay = $state<Overlay | null>(null)
  /** Whether the window is dark, after the system's wish and the session's choice. */
  dark = $state(false)

  constructor(
    readonly model: ModelInfo,
    readonly session: SessionState,
    readonly engine: EngineClient,
    /** The run in the Train workspace, which outlives the open model. */
    readonly training: Training,
  ) {
    this.focus = $derived(session.analysis.focus)
    this.live = new LiveRun(engine)
    this.pinned = new LiveRun(engine, 'explore/pinned')
    this.sweeps = new Sweeps(engine, model.reference)
    this.results = new Results(engine)
    this.runs = new Runs(session, model.config.layout, this.live, this.pinned, () => this.hovered)
    this.interventions = new Interventions(session, model.config)
    this.entry = new SumEntry(session, model.config.layout)
    this.pickers = new Pickers(session, engine, model.config.layout)
    this.places = new Places(session)
    this.failures = new Failures(engine, session, model.config.layout)
    this.tour = new Tour(model.config, engine)
    this.lab = new Lab(session, model, engine, () => this.sum)
  }

  /** Asks an analysis once, for something that is not on screen. */
  ask(id: string, params: AnalysisParams): Promise<AnalysisResult> {
    return this.engine.call('analyze', { id, params })
  }

  get config(): ModelConfig {
    return this.model.config
  }

  /** The sum as typed, null while it is incomplete or impossible. */
  get sum(): Sum | null {
    return sumOfDigits(this.session.analysis.digits, this.config.layout)
  }

  /** The sum that the answers on screen are about, also while a new one is being typed or computed. */
  get shownSum(): Sum | null {
    return this.live.answered?.sum ?? null
  }

  /** What figures are asked about, under the interventions of the run that is shown. */
  get question(): FigureState {
    if (this.runs.showsClean) return this.cleanQuestion
    return { ...this.#about, interventions: this.session.analysis.interventions }
  }

  /** The same of the run that the present is held against. */
  get cleanQuestion(): FigureState {
    return { ...this.#about, interventions: this.runs.against?.analysis.interventions ?? [] }
  }

  get #means() {
    return meansOf(this.session.analysis, this.model.reference)
  }

  get #about(): FigureState {
    return { ...setsOf(this.session.analysis, this.model.reference), ...(this.shownSum && { sum: this.shownSum }) }
  }

  /** What the run on screen answers, as a declared figure would ask it; null before the first answer. */
  asked(figure: AnyFigure): AnalysisParams | null {
    const { answered } = this.runs
    const { means: _, ...about } = this.question
    return answered && paramsOf(figure, { ...about, ...answered }, false)
  }

  /** The arithmetic of the sum shown, column by column. */
  get columns(): Columns | null {
    return this.shownSum && columnsOf(this.shownSum, this.config.layout)
  }

  /** Its column classes, the most significant first: `KGPG`. */
  get pattern(): string | null {
    return this.columns?.classes.join('') ?? null
  }

  /** The right answer's digits. */
  get truth(): readonly number[] | null {
    return this.shownSum && answerDigitsOf(this.shownSum, this.config.layout)
  }

  /** What pictures take their colours by. */
  get colors(): PaletteChoice {
    return { theme: this.dark ? 'dark' : 'light', palette: this.session.view.palette }
  }

  /** What hovering adds to the interventions: the head's result, mean-ablated at every position. */
  get preview(): readonly Intervention[] | null {
    if (!this.hovered) return null
    return [{ site: 'result', ...this.hovered, positions: 'all', mode: 'mean' }]
  }

  /** Whether the live values on screen answer an earlier question. */
  get stale(): boolean {
    return this.live.loading || this.live.failure !== null || this.sum === null
  }

  /** Asks again what failed, as once the connection is there again. */
  retry(): void {
    for (const source of [this.live, this.pinned, ...this.sweeps.all]) if (source.failure !== null) source.retry()
  }

  /** The head that "all but" spares: the one last looked at, else the last of the first layer. */
  get spared(): Head {
    return this.locked ?? { layer: 0, head: this.config.n_heads - 1 }
  }

  /** Whether a figure is shown as published, by choice. */
  publishes({ id, definition }: AnyFigure): boolean {
    return definition.published !== undefined && this.session.view.published.includes(id)
  }

  /** Shows a figure as published, or right again. */
  publish({ id }: AnyFigure, wanted: boolean): void {
    const others = this.session.view.published.filter((other) => other !== id)
    this.session.show({ published: wanted ? [...others, id] : others })
  }

  hover(head: Head | null): void {
    this.hovered = head
  }

  /** The head is no longer under the pointer, or no longer there. */
  unhover({ layer, head }: Head): void {
    if (this.hovered?.layer === layer && this.hovered.head === head) this.hovered = null
  }

  /** Keeps a head open until it is locked again or Esc is pressed. What is opened is what the model does: a preview ends. */
  lock(head: Head): void {
    this.hovered = null
    const same = this.locked?.layer === head.layer && this.locked.head === head.head
    this.locked = same ? null : head
  }

  /** Keeps something marked in all figures, until it is kept again or Esc is pressed. */
  keep(subject: Subject): void {
    this.kept = this.kept && JSON.stringify(this.kept) === JSON.stringify(subject) ? null : subject
  }

  /** Opens a head in Explore. */
  openHead(head: Head): void {
    this.hovered = null
    this.locked = head
    this.session.show({ workspace: 'explore' })
  }

  open(overlay: Overlay): void {
    this.overlay = overlay
  }

  /** A dialog closed by itself, by Esc: unless another has taken its place, none is open now. */
  closeOverlay(closed: Overlay): void {
    if (this.overlay === closed) this.overlay = null
  }

  /** Keeps a state, the present one unless another is given, under a letter and the name that says what it is. */
  pin(slot: keyof Pins, analysis: AnalysisState = this.session.analysis): void {
    this.session.pin(slot, { name: stateText(analysis), analysis })
  }

  /** Asks for the sum on screen, unless that was asked last: at once, the engine computes while the window is set up. */
  askLive(): this {
    const [sum, preview, { interventions }] = [this.sum, this.preview, this.session.analysis]
    if (sum) void this.live.ask({ sum, interventions, ...(preview && { preview }), ...this.#means })
    return this
  }

  /** Keeps the answers up to the state: the sum's asked for before a key is drawn, those over all sums only where they are wanted. */
  watch({ sweeps } = { sweeps: true }): void {
    $effect.pre(() => void this.askLive())
    $effect(() => {
      const { against } = this.runs
      const sum = against && sumOfDigits(against.analysis.digits, this.config.layout)
      if (sum) void this.pinned.ask({ sum, interventions: against.analysis.interventions, ...this.#means })
    })
    $effect(() => {
      const { workspace, stage } = this.session.view
      // The first result comes before them; and another workspace on screen has questions of its own for the processes.
      if (!sweeps || this.live.awaitsFirst || (workspace !== 'explore' && !stage)) return undefined
      return this.sweeps.ask(this.session.analysis, this.runs.against?.analysis.interventions)
    })
  }
}
