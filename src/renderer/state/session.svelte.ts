import type { ModelConfig } from '../../model/config'
import { fitsModel } from '../../session/check-analysis'
import {
  sessionVersion,
  type AnalysisState,
  type Pin,
  type Pins,
  type Session,
  type ViewState,
} from '../../session/session'
import { fieldsOf } from './fields.svelte'
import type { Telling } from './telling'
import { Undoable } from './undoable.svelte'

/**
 * The session as the window holds it. Every change of the analysis is one step that can be undone; how it is looked at
 * is not part of that. Read the two values, change them through the verbs.
 */
export class SessionState {
  readonly modelPath: string | null
  readonly model: Session['model']
  readonly layout: Session['layout']
  /** How it is looked at, field by field: another workspace draws nothing anew in the one that is left. */
  readonly view: ViewState
  #history: Undoable<AnalysisState>
  #pins = $state.raw() as Pins

  constructor(session: Session) {
    this.modelPath = session.modelPath
    this.model = session.model
    this.layout = session.layout
    this.#history = new Undoable(session.analysis)
    this.#pins = session.pins
    this.view = fieldsOf(session.view)
  }

  /** The same steps under another session, where each of them means something to its model. */
  continued(session: Session, config: ModelConfig): SessionState {
    const next = new SessionState(session)
    const { steps } = this.timeline
    if (this.analysis === session.analysis && steps.every((step) => fitsModel(step, config)))
      next.#history = this.#history
    return next
  }

  get analysis(): AnalysisState {
    return this.#history.present
  }

  /** How those who draw the analysis are told of its changes. */
  get telling(): Telling {
    return this.#history.telling
  }

  get pins(): Pins {
    return this.#pins
  }

  /** Every state that undo and redo reach, oldest first, and the place of the present one. */
  get timeline(): Undoable<AnalysisState>['timeline'] {
    return this.#history.timeline
  }

  get canUndo(): boolean {
    return this.#history.canUndo
  }

  get canRedo(): boolean {
    return this.#history.canRedo
  }

  /** One undoable step. A change that changes nothing is none. */
  change(parts: Partial<AnalysisState>): void {
    const next = { ...this.analysis, ...parts }
    if (JSON.stringify(next) !== JSON.stringify(this.analysis)) this.#history.push(next)
  }

  show(parts: Partial<ViewState>): void {
    Object.assign(this.view, parts)
  }

  undo(): void {
    this.#history.undo()
  }

  redo(): void {
    this.#history.redo()
  }

  /** Goes to a step of the timeline, as if by so many undos or redos. */
  goTo(position: number): void {
    this.#history.goTo(position)
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
    this.show({ ...view, theme: this.view.theme, palette: this.view.palette })
  }

  /** The session as it is saved. */
  save(): Session {
    const { modelPath, model, layout, analysis, pins } = this
    return { version: sessionVersion, modelPath, model, layout, analysis, pins, view: { ...this.view } }
  }
}
