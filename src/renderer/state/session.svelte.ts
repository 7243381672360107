import type { ModelConfig } from '../../model/config'
import { fitsModel } from '../../session/check-analysis'
import { History } from '../../session/history'
import {
  sessionVersion,
  type AnalysisState,
  type Pin,
  type Pins,
  type Session,
  type ViewState,
} from '../../session/session'

/**
 * The session as the window holds it. Every change of the analysis is one step that can be undone; how it is looked at
 * is not part of that. Read the two values, change them through the verbs.
 */
export class SessionState {
  readonly modelPath: string | null
  readonly model: Session['model']
  readonly layout: Session['layout']
  #history: History<AnalysisState>
  #analysis = $state.raw() as AnalysisState
  #view = $state.raw() as ViewState
  #pins = $state.raw() as Pins
  /** Counts the moves through the history, which is no state itself: whoever reads the timeline reads this too. */
  #moves = $state(0)
  #canUndo = $state(false)
  #canRedo = $state(false)

  constructor(session: Session) {
    this.modelPath = session.modelPath
    this.model = session.model
    this.layout = session.layout
    this.#history = new History(session.analysis)
    this.#pins = session.pins
    this.#analysis = session.analysis
    this.#view = session.view
  }

  /** The same steps under another session, where each of them means something to its model. */
  continued(session: Session, config: ModelConfig): SessionState {
    const next = new SessionState(session)
    if (this.#analysis !== session.analysis || !this.#history.steps.every((step) => fitsModel(step, config)))
      return next
    next.#history = this.#history
    next.#settle()
    return next
  }

  get analysis(): AnalysisState {
    return this.#analysis
  }

  get view(): ViewState {
    return this.#view
  }

  get pins(): Pins {
    return this.#pins
  }

  /** Every state that undo and redo reach, oldest first, and the place of the present one. */
  get timeline(): { readonly steps: readonly AnalysisState[]; readonly position: number; readonly moves: number } {
    return { steps: this.#history.steps, position: this.#history.position, moves: this.#moves }
  }

  get canUndo(): boolean {
    return this.#canUndo
  }

  get canRedo(): boolean {
    return this.#canRedo
  }

  /** One undoable step. A change that changes nothing is none. */
  change(parts: Partial<AnalysisState>): void {
    const next = { ...this.#analysis, ...parts }
    if (JSON.stringify(next) === JSON.stringify(this.#analysis)) return
    this.#history.push(next)
    this.#settle()
  }

  show(parts: Partial<ViewState>): void {
    this.#view = { ...this.#view, ...parts }
  }

  undo(): void {
    this.#history.undo()
    this.#settle()
  }

  redo(): void {
    this.#history.redo()
    this.#settle()
  }

  /** Goes to a step of the timeline, as if by so many undos or redos. */
  goTo(position: number): void {
    this.#history.goTo(position)
    this.#settle()
  }

  /** Keeps a state under a name, or with null lets it go. What is compared with A then is compared with clean again. */
  pin(slot: keyof Pins, pin: Pin | null): void {
    this.#pins = { ...this.#pins, [slot]: pin }
    if (!this.#pins.a) this.show({ against: 'clean' })
  }

  /** Takes over another session of the same model: what it asks is one step, to be undone. */
  adopt({ analysis, pins, view }: Session): void {
    this.change(analysis)
    this.#pins = pins
    this.show({ ...view, theme: this.#view.theme, palette: this.#view.palette })
  }

  /** The session as it is saved. */
  save(): Session {
    const { modelPath, model, layout, analysis, pins, view } = this
    return { version: sessionVersion, modelPath, model, layout, analysis, pins, view }
  }

  #settle(): void {
    this.#analysis = this.#history.present
    this.#canUndo = this.#history.canUndo
    this.#canRedo = this.#history.canRedo
    this.#moves++
  }
}
