import { sumDataset } from '../../core/dataset'
import type { Bridge } from '../../shared/bridge'
import type { EngineClient, EngineStatus, ModelInfo, ParamsOf } from '../../shared/contract'
import { failureOf } from '../../shared/failure'
import { defaultView, digitsOfSum, newAnalysis, parseSession, type Session } from '../../shared/session'
import { Explorer } from './explorer.svelte'
import { SessionState } from './session.svelte'

export type ModelSource = ParamsOf<'openModel'>['source']

/** The window: which model is open, what the engine says of itself, and the session kept across restarts. */
export class Application {
  #explorer = $state.raw<Explorer | null>(null)
  #status = $state.raw<EngineStatus | null>(null)
  #started = $state(false)
  #opening = $state(true)
  #failure = $state<string | null>(null)
  #notice = $state<string | null>(null)
  #saved = $state(true)
  #choosing = $state(false)

  constructor(
    readonly engine: EngineClient,
    readonly bridge: Bridge,
  ) {
    bridge.onNotice((sentence) => {
      this.#notice = sentence
    })
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

  /** Whether the screen that asks for a model is wanted although one is open. */
  get choosing(): boolean {
    return this.#choosing
  }

  /** Whether the session on disk is the one on screen. */
  get saved(): boolean {
    return this.#saved
  }

  dismissNotice(): void {
    this.#notice = null
  }

  /** Takes up the model that the engine has, else the one of the last session, else waits for one to be chosen. */
  async start(): Promise<void> {
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
      this.#saved = false
      const timer = setTimeout(() => void this.bridge.saveSession(json).then(() => (this.#saved = true)), 250)
      return () => clearTimeout(timer)
    })
  }

  async #load(source: ModelSource, session: Session | null): Promise<void> {
    const model = await this.engine.call('openModel', { source })
    this.#status = await this.engine.call('status', {})
    this.#enter(model, session)
  }

  /** A session made with a model of another number of digits keeps only how things are looked at. */
  #enter(model: ModelInfo, session: Session | null): void {
    const fits = session?.analysis.digits.length === 2 * model.config.numDigits
    const analysis = session && fits ? session.analysis : newAnalysis(firstDigits(model))
    const state = new SessionState({
      version: 1,
      modelPath: model.path,
      analysis,
      view: session?.view ?? defaultView,
    })
    this.#choosing = false
    this.#explorer = new Explorer(model, state, this.engine)
  }
}

/** The first sum of the reference set: a start with something to see. */
function firstDigits({ config, reference }: ModelInfo): readonly number[] {
  return digitsOfSum(sumDataset(reference, config.numDigits)[0]!, config.numDigits)
}
