import type { EngineClient, KnownModels, ModelDescription } from '../../contract/contract'
import { failureOf } from '../../contract/failure'
import { Film } from './film.svelte'
import type { KnownRuns, RunChoices, RunProgress, RunRecord } from '../../contract/training'

/** The run in the Train workspace: what lies in its folder, and how far it is while it goes on. */
export class Training {
  #record = $state.raw<RunRecord | null>(null)
  #progress = $state.raw<RunProgress | null>(null)
  #known = $state.raw<KnownRuns | null>(null)
  #failure = $state<string | null>(null)
  #busy = $state(false)
  #looked = $state(false)
  /** The folder that is shown or read. */
  #path: string | null = null
  #reading: Promise<void> | null = null
  #readAgain = false

  readonly film: Film

  constructor(private readonly engine: EngineClient) {
    this.film = new Film(engine, () => this)
  }

  /** Null until a run is chosen and read. */
  get record(): RunRecord | null {
    return this.#record
  }

  get progress(): RunProgress | null {
    return this.#progress
  }

  get known(): KnownRuns | null {
    return this.#known
  }

  /** Why there is no run, or none could be begun or held, in one sentence. */
  get failure(): string | null {
    return this.#failure
  }

  /** Whether something that was asked for is being done. */
  get busy(): boolean {
    return this.#busy
  }

  get running(): boolean {
    return this.#progress?.state === 'running'
  }

  /** Whether it is known that there is a run, or none. */
  get looked(): boolean {
    return this.#looked
  }

  /** Whether a process could take further steps of it. */
  get canResume(): boolean {
    const { record, running } = this
    if (running || !record?.plan) return false
    return (record.checkpoints.at(-1)?.step ?? 0) < record.steps
  }

  dismiss(): void {
    this.#failure = null
  }

  /** Finds out which runs there are. */
  async refresh(): Promise<void> {
    // Without the list there is still what is on screen.
    this.#known = await this.engine.call('runs', {}).catch(() => this.#known)
  }

  /** Models that can be chosen without being looked for; none where the host does not say. */
  knownModels(): Promise<KnownModels> {
    return this.engine.call('knownModels', {}).catch(() => ({ recent: [], bundled: [] }))
  }

  /** A model's size and layout. Rejects where there is none. */
  describe(path: string): Promise<ModelDescription> {
    return this.engine.call('describeModel', { path })
  }

  /** Shows the run of a folder, unless it is on screen: the chosen one, else one that goes on, else that of the open model. */
  async find(chosen: string | null, model: string | null): Promise<void> {
    if (this.#path !== null) return
    await this.refresh()
    const running = this.#known?.begun.find(({ state }) => state === 'running')?.path
    const run = chosen ?? running ?? null
    const path = run ?? model
    // That the open model is of no run is nothing to complain of.
    if (path !== null && !(await this.show(path)) && run === null) this.dismiss()
    this.#looked = true
  }

  /** Shows the run that a folder, a model or a checkpoint is of. What is on screen stays where there is none. */
  async show(path: string): Promise<boolean> {
    this.#failure = null
    this.#path = path
    try {
      const record = await this.engine.call('readRun', { path }, { newest: 'readRun' })
      this.#path = record.path
      if (record.path !== this.#record?.path) this.film.reset()
      this.#record = record
      this.#progress = null
      void this.#watch(record.path)
      return true
    } catch (error) {
      const { code, message } = failureOf(error)
      if (code === 'superseded') return false
      this.#path = this.#record?.path ?? null
      this.#failure = message
      return false
    }
  }

  /** Begins a run in a new folder, and shows it. Resolves to why it could not be begun, or null. */
  async start(folder: string, choices: RunChoices): Promise<string | null> {
    this.#busy = true
    try {
      const { path } = await this.engine.call('startRun', { folder, choices })
      await this.refresh()
      await this.show(path)
      return null
    } catch (error) {
      return failureOf(error).message
    } finally {
      this.#busy = false
    }
  }

  /** Holds the run, or goes on with it from its last checkpoint. */
  togglePause(): void {
    if (this.running) void this.#act('pause')
    else if (this.canResume) void this.#act('resume')
  }

  /** Ends the run and makes its last checkpoint the folder's model. */
  stop(): void {
    if (this.running) void this.#act('stop')
  }

  /** Looks again at what goes on, as once a connection is there again. */
  again(): void {
    if (this.#record) void this.show(this.#record.path)
  }

  async #act(action: 'pause' | 'resume' | 'stop'): Promise<void> {
    const path = this.#record?.path
    if (path === undefined || this.#busy) return
    this.#busy = true
    this.#failure = null
    try {
      this.#take(await this.engine.call('run', { path, action }))
      if (action === 'resume') void this.#watch(path)
      else await this.#read()
    } catch (error) {
      this.#failure = failureOf(error).message
    }
    this.#busy = false
  }

  /** Follows a run until its process has ended. */
  async #watch(path: string): Promise<void> {
    try {
      const onProgress = ({ run }: { readonly run?: RunProgress }) => run && this.#take(run)
      this.#take(await this.engine.call('run', { path, action: 'watch' }, { onProgress, newest: 'run/watch' }))
    } catch (error) {
      const { code, message } = failureOf(error)
      if (code !== 'superseded' && path === this.#path) this.#failure = message
    }
  }

  #take(progress: RunProgress): void {
    if (progress.path !== this.#path) return
    const before = this.#progress
    this.#progress = progress
    const isNew = progress.checkpoint > (this.#record?.checkpoints.at(-1)?.step ?? 0)
    if (isNew || (before !== null && before.state !== progress.state)) void this.#read()
  }

  /** Reads the folder again; while that is done, once more afterwards and not twice. */
  async #read(): Promise<void> {
    if (this.#reading) {
      this.#readAgain = true
      return this.#reading
    }
    this.#reading = this.#readOnce()
    await this.#reading
    this.#reading = null
    if (!this.#readAgain) return
    this.#readAgain = false
    await this.#read()
  }

  async #readOnce(): Promise<void> {
    const path = this.#path
    if (path === null) return
    try {
      const record = await this.engine.call('readRun', { path })
      if (record.path === this.#path) this.#record = record
    } catch (error) {
      if (path === this.#path) this.#failure = failureOf(error).message
    }
  }
}
