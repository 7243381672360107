import { untrack } from 'svelte'
import type { Bridge, OpenedText } from '../../contract/bridge'
import type { EngineClient, EngineStatus, ModelInfo, MethodParams } from '../../contract/contract'
import { failureOf } from '../../contract/failure'
import { BadInput } from '../../core/bad-input'
import { checkAnalysis, fitsModel } from '../../session/check-analysis'
import type { Session } from '../../session/session'
import { isSameModel, looksLikeLink, readLink } from '../../session/permalink'
import { parseSession, readSession } from '../../session/session-text'
import { Autosave } from './autosave.svelte'
import { Explorer } from './explorer.svelte'
import { modelAgain } from './model-again'
import { Providers } from './providers.svelte'
import type { ReportJob } from './report.svelte'
import { sessionFor } from './session-for'
import { SessionState } from './session.svelte'

export type ModelSource = MethodParams<'openModel'>['source']

/** The window: which model is open, what the engine says of itself, and the session kept across restarts. */
export class Application {
  /** The report that is being made. */
  report = $state.raw<ReportJob | null>(null)
  readonly providers: Providers
  #explorer = $state.raw<Explorer | null>(null)
  #status = $state.raw<EngineStatus | null>(null)
  #started = $state(false)
  #opening = $state(true)
  #failure = $state<string | null>(null)
  #notice = $state<string | null>(null)
  #refusal = $state<string | null>(null)
  #choosing = $state(false)
  #beginning: Promise<void> = Promise.resolve()
  readonly #autosave: Autosave

  constructor(
    readonly engine: EngineClient,
    readonly bridge: Bridge,
  ) {
    this.providers = new Providers(engine)
    const tell = (refusal: string | null) => (this.#notice = refusal)
    this.#autosave = new Autosave((json) => bridge.saveSession(json), tell)
    bridge.onNotice((sentence) => {
      this.#notice = sentence
      // It may be that a provider is no longer used.
      if (this.providers.report) void this.providers.ask()
    })
    bridge.onReconnected?.(() => void this.#resume())
  }

  /** Null until a model is open. */
  get explorer(): Explorer | null {
    return this.#explorer
  }

  get status(): EngineStatus | null {
    return this.#status
  }

  /** Whether it is known which model the window begins with, or that there is none. */
  get started(): boolean {
    return this.#started
  }

  get opening(): boolean {
    return this.#opening
  }

  /** Why no model could be opened, in one sentence. */
  get failure(): string | null {
    return this.#failure
  }

  /** What the host last had to say, such as that the engine was started again. */
  get notice(): string | null {
    return this.#notice
  }

  /** Why what was last opened or pasted was not taken, or what to know about it, in one sentence. */
  get refusal(): string | null {
    return this.#refusal
  }

  /** Whether the screen that asks for a model is wanted although one is open. */
  get choosing(): boolean {
    return this.#choosing
  }

  /** Whether the session on disk is the one on screen, or cannot be put there. */
  get saved(): Autosave['state'] {
    return this.#autosave.state
  }

  dismissNotice(): void {
    this.#notice = null
  }

  /** Says a sentence until it is dismissed; null takes the last one back. */
  refuse(sentence: string | null): void {
    this.#refusal = sentence
  }

  /** Takes up the model that the engine has, else the one of the last session, else waits for one to be chosen. */
  start(): Promise<void> {
    return (this.#beginning = this.#start())
  }

  async #start(): Promise<void> {
    const session = parseSession(await this.bridge.loadSession().catch(() => null))
    try {
      this.#status = await this.engine.call('status', {})
      const path = session?.modelPath ?? null
      if (this.#status.model) this.#enter(this.#status.model, session)
      else if (path !== null) await this.#load({ path }, session)
    } catch (error) {
      this.#failure = failureOf(error).message
    }
    this.#opening = false
    this.#started = true
  }

  /** Opens another model; the one on screen stays where that fails. */
  async open(source: ModelSource): Promise<void> {
    this.#opening = true
    this.#failure = null
    try {
      await this.#load(source, this.#explorer?.session.save() ?? null)
    } catch (error) {
      this.#failure = failureOf(error).message
      this.#choosing = true
    }
    this.#opening = false
  }

  choose(): void {
    this.#choosing = true
  }

  /** Back to the model that is open. */
  stay(): void {
    this.#choosing = false
    this.#failure = null
  }

  async pick(): Promise<void> {
    const path = await this.bridge.pickModel()
    if (path !== null) await this.open({ path })
  }

  /** Saves the session shortly after each change. To be called once, while a component is being set up. */
  autosave(): void {
    $effect(() => {
      if (!this.#explorer) return
      const json = JSON.stringify(this.#explorer.session.save())
      return untrack(() => this.#autosave.keep(json))
    })
  }

  async #load(source: ModelSource, session: Session | null): Promise<void> {
    const model = await this.engine.call('openModel', { source })
    this.#status = await this.engine.call('status', {})
    this.#enter(model, session)
  }

  async #resume(): Promise<void> {
    const { explorer } = this
    try {
      const model = explorer && (await modelAgain(this.engine, explorer.model))
      if (model && model !== explorer.model) this.#enter(model, explorer.session.save())
      this.#notice = null
      explorer?.retry()
    } catch (error) {
      this.#refusal = failureOf(error).message
    }
  }

  /**
   * Opens a saved session from its text: with the model that it names, where that can be had, else with the one on screen.
   * What is on screen stays where it cannot be used.
   */
  async openSession(json: string, name: string): Promise<void> {
    this.#refusal = null
    try {
      const session = readSession(json, name)
      const model = await this.#modelOf(session)
      if (!isSameModel(session.model, model)) this.#refusal = otherModel(name, session.model.name, model.name)
      if (model !== this.#explorer?.model) this.#enter(model, session)
      else {
        checkAnalysis(session.analysis, model.config)
        this.#explorer.session.adopt(session)
      }
    } catch (error) {
      this.#refusal = failureOf(error).message
    }
  }

  /** Opens whatever a text is: a link, or a session's JSON. Waits until it is known which model the window begins with. */
  async openText({ name, text }: OpenedText): Promise<void> {
    await this.#beginning
    if (looksLikeLink(text)) this.openLink(text)
    else await this.openSession(text, name)
  }

  /** Takes over the state that a link stands for, as one step that can be undone. */
  openLink(text: string): void {
    this.#refusal = null
    const { explorer } = this
    if (!explorer) return
    try {
      const link = readLink(text, explorer.config)
      explorer.session.change(link.analysis)
      // What a link says is shown as its sender saw it, not against a state that was pinned here before.
      explorer.session.show({ against: 'clean', ...(link.lab && { workspace: 'lab' as const, labSection: link.lab }) })
      if (link.model && !isSameModel(link.model, explorer.model))
        this.#refusal = otherModel('The link', link.model.name, explorer.model.name)
    } catch (error) {
      if (!(error instanceof BadInput)) throw error
      this.#refusal = error.message
    }
  }

  /** The model that a session was made with if it can be opened, else the one on screen. */
  async #modelOf(session: Session): Promise<ModelInfo> {
    const open = this.#explorer?.model
    if (open && isSameModel(session.model, open)) return open
    if (session.modelPath === null) {
      if (open) return open
      throw new BadInput(`The session's model, ${session.model.name}, was dropped from a file: open that file first.`)
    }
    try {
      const model = await this.engine.call('openModel', { source: { path: session.modelPath } })
      this.#status = await this.engine.call('status', {})
      return model
    } catch (error) {
      if (open && fitsModel(session.analysis, open.config)) return open
      throw error
    }
  }

  #enter(model: ModelInfo, session: Session | null): void {
    this.#choosing = false
    if (model.notices.length > 0) this.#notice = model.notices.join(' ')
    this.#explorer = new Explorer(model, new SessionState(sessionFor(model, session)), this.engine)
  }
}

function otherModel(what: string, made: string, open: string): string {
  return `${what} was made with ${made}, whose weights are not those of ${open}: what you see is ${open}'s answer to it.`
}
