import { History } from '../../shared/history'
import type { AnalysisState, Session, ViewState } from '../../shared/session'

/**
 * The session as the window holds it. Every change of the analysis is one step that can be undone; how it is looked at
 * is not part of that. Read the two values, change them through the verbs.
 */
export class SessionState {
  readonly modelPath: string | null
  #history: History<AnalysisState>
  #analysis = $state.raw() as AnalysisState
  #view = $state.raw() as ViewState
  #canUndo = $state(false)
  #canRedo = $state(false)

  constructor(session: Session) {
    this.modelPath = session.modelPath
    this.#history = new History(session.analysis)
    this.#analysis = session.analysis
    this.#view = session.view
  }

  get analysis(): AnalysisState {
    return this.#analysis
  }

  get view(): ViewState {
    return this.#view
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

  /** The session as it is saved. */
  save(): Session {
    return { version: 1, modelPath: this.modelPath, analysis: this.#analysis, view: this.#view }
  }

  #settle(): void {
    this.#analysis = this.#history.present
    this.#canUndo = this.#history.canUndo
    this.#canRedo = this.#history.canRedo
  }
}
