import type { Bridge, OpenedText } from '../../contract/bridge'
import type { EngineClient, EngineStatus, ModelInfo, ModelRemark, MethodParams } from '../../contract/contract'
import { failureOf, refusalOf } from '../../contract/failure'
import type { TaskLayout } from '../../core/task-layout'
import { checkAnalysis } from '../../session/check-analysis'
import type { Session } from '../../session/session'
import { isSameModel, looksLikeLink } from '../../session/permalink'
import { parseSession, readSession } from '../../session/session-text'
import { Decks } from '../decks/decks.svelte'
import { Autosave } from './autosave.svelte'
import { Explorer } from './explorer.svelte'
import { otherModel, takeLink } from './take-link'
import { modelAgain } from './model-again'
import { modelOfSession } from './model-of-session'
import { Providers } from './providers.svelte'
import type { PageJob } from './page-job.svelte'
import { chosenFor, wantsLayout } from './chosen-layout'
import { sessionFor } from './session-for'
import { SessionState } from './session.svelte'
import { Training } from './training.svelte'

export type ModelSource = MethodParams<'openModel'>['source']

/** The window: which model is open, what trains, what the engine says of itself, and the session kept across restarts. */
export class Application {
  /** Whether the screen that asks for a model is wanted although one is open. */
  choosing = $state(false)
  page = $state.raw<PageJob | null>(null)
  readonly providers: Providers
  readonly training: Training
  readonly decks = new Decks()
  #explorer = $state.raw<Explorer | null>(null)
  #status = $state.raw<EngineStatus | null>(null)
  #started = $state(false)
  /** How many models are being opened; the first is looked for as the window begins. */
  #openings = $state(1)
  #failure = $state<string | null>(null)
  #notice = $state<string | null>(null)
  #refusal = $state<string | null>(null)
  #remark = $state.raw<ModelRemark | null>(null)
  /** What the open model was opened from, where this window did it. */
  #source: ModelSource | null = null
  #beginning: Promise<void> = Promise.resolve()
  readonly #autosave: Autosave

  constructor(
    readonly engine: EngineClient,
    readonly bridge: Bridge,
  ) {
    this.providers = new Providers(engine)
    this.training = new Training(engine)
    this.#autosave = new Autosave(
      (json) => bridge.saveSession(json),
      (refusal) => (this.#notice = refusal),
    )
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
    return this.#openings > 0
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

  /** That the model adds better in another layout, until it is dismissed. */
  get remark(): ModelRemark | null {
    return this.#remark
  }

  /** Whether the session on disk is the one on screen, or cannot be put there. */
  get saved(): Autosave['state'] {
    return this.#autosave.state
  }

  dismissNotice(): void {
    this.#notice = null
  }

  /** Says a sentence until it is dismissed; null takes back what was said last. */
  refuse(sentence: string | null): void {
    if (sentence === null && this.#refusal === null) this.#remark = null
    this.#refusal = sentence
  }

  /** Takes up the model that the engine has, else the one of the last session, else waits for one to be chosen. */
  start(): Promise<void> {
    return (this.#beginning = this.#start())
  }

  async #start(): Promise<void> {
    const kept = this.bridge.loadSession().then(parseSession, () => null)
    try {
      const { model } = (this.#status = await this.engine.call('status', {}))
      const session = await kept
      const path = session?.modelPath ?? null
      if (model && !(path !== null && session && wantsLayout(session, model))) this.#enter(model, session)
      else if (path !== null) await this.#load({ path }, () => session, session?.layout ?? null)
    } catch (error) {
      this.#failure = failureOf(error).message
    }
    this.#openings--
    this.#started = true
  }

  /** Opens another model, in the layout that was chosen for it if any; the one on screen stays where that fails. */
  async open(source: ModelSource, layout: TaskLayout | null = null): Promise<void> {
    this.training.film.goTo(null)
    this.#failure = null
    this.#failure = await this.swap(source, layout)
    if (this.#failure !== null) this.choosing = true
  }

  /** Reads the open model's sums in another layout, null for as its files say. Resolves to why it cannot, or null. */
  async useLayout(layout: TaskLayout | null): Promise<string | null> {
    const model = this.#explorer?.model
    if (!model) return null
    const source = this.#source ?? (model.path === null ? null : { path: model.path })
    if (!source) return `${model.name} was dropped before this page was loaded: drop it again to choose its layout.`
    return this.swap(source, layout)
  }

  /** Puts a model in the place of the one on screen, with all that is done meanwhile; that stays where it fails. Gives why, or null. */
  async swap(source: ModelSource, layout: TaskLayout | null): Promise<string | null> {
    this.#openings++
    const failure = await refusalOf(this.#load(source, () => this.#explorer?.session.save() ?? null, layout))
    this.#openings--
    return failure
  }

  /** Back to the model that is open. */
  stay(): void {
    this.choosing = false
    this.#failure = null
  }

  async pick(layout: TaskLayout | null = null): Promise<void> {
    const path = await this.bridge.pickModel()
    if (path !== null) await this.open({ path }, layout)
  }

  /** Keeps the session on the disk. To be called once, while a component is being set up. */
  autosave(): void {
    this.#autosave.follow(() => this.#explorer?.session.save() ?? null)
  }

  async #load(source: ModelSource, session: () => Session | null, layout: TaskLayout | null): Promise<void> {
    this.#enter(await this.#opened(source, layout), session(), layout)
  }

  async #opened(source: ModelSource, layout: TaskLayout | null): Promise<ModelInfo> {
    const model = await this.engine.call('openModel', { source, ...(layout && { layout }) })
    // What is asked from now on this model answers.
    this.page?.cancel('another model or layout was opened; make it again for that one.')
    this.#explorer?.tour.stop()
    this.#status = await this.engine.call('status', {})
    this.#source = source
    return model
  }

  async #resume(): Promise<void> {
    const { explorer } = this
    try {
      const model = explorer && (await modelAgain(this.engine, explorer.model))
      if (model && model !== explorer.model) this.#enter(model, explorer.session.save(), explorer.session.layout)
      this.#notice = null
      explorer?.retry()
      this.training.again()
    } catch (error) {
      this.#refusal = failureOf(error).message
    }
  }

  /** Opens a saved session's text, with the model that it names or else the open one; where it is unusable, all stays. */
  async openSession(json: string, name: string): Promise<void> {
    this.#refusal = null
    try {
      const session = readSession(json, name)
      const model = await modelOfSession(session, this.#explorer?.model ?? null, (source) =>
        this.#opened(source, session.layout),
      )
      if (!isSameModel(session.model, model)) this.#refusal = otherModel(name, session.model.name, model.name)
      if (model !== this.#explorer?.model) this.#enter(model, session, session.layout)
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
    this.#refusal = this.#explorer && takeLink(text, this.#explorer)
  }

  #enter(model: ModelInfo, session: Session | null, layout: TaskLayout | null = chosenFor(model, session)): void {
    this.choosing = false
    this.#remark = model.remark?.better ? model.remark : null
    this.#notice = model.notices.filter((notice) => notice !== this.#remark?.sentence).join(' ') || this.#notice
    const saved = sessionFor(model, session, layout)
    const state = this.#explorer?.session.continued(saved, model.config) ?? new SessionState(saved)
    this.#explorer = new Explorer(model, state, this.engine, this.training).askLive()
    this.decks.forgetChecks()
  }
}
