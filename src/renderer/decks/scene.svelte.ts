import { untrack } from 'svelte'
import type { EngineClient } from '../../contract/contract'
import type { DeckState } from '../../deck/deck'
import type { Session } from '../../session/session'
import { afterFrame } from '../parts/in-turn'
import { Explorer } from '../state/explorer.svelte'
import { SessionState } from '../state/session.svelte'
import { sessionOfState, stateOfSession } from './deck-session'
import { SceneEngine } from './scene-engine'
import { askedOf, sourcesOf } from './panel-sources'
import { isOfBench, isOfExplore } from './stage-panels'

/**
 * A state of a deck that can be looked at: an explorer of its own, asked as soon as it is made, so that it is computed before it
 * is wanted. To be disposed of.
 */
export class Scene {
  readonly explorer: Explorer
  readonly #stop: () => void
  #ready = $state(false)

  constructor(
    /** Which state of its deck it is, for the lanes of what it asks. */
    name: string,
    public state: DeckState,
    /** Whose model it is of, and in whose colours. */
    private readonly window: Explorer,
    engine: EngineClient,
  ) {
    const session = new SessionState(this.#sessionOf(null))
    this.explorer = new Explorer(window.model, session, new SceneEngine(engine, name), window.training)
    this.#stop = $effect.root(() => this.#watch())
  }

  /** Whether everything in it is answered and drawn. It stays so while what is changed in it is computed. */
  get ready(): boolean {
    return this.#ready
  }

  /** What is set up in it now. */
  get held(): DeckState['state'] {
    return stateOfSession(this.explorer.session)
  }

  /** Whether something that was set up in it is what a state holds; null for what its deck says. */
  isAs(held: DeckState['state'], wanted: DeckState['state'] | null): boolean {
    return JSON.stringify(held) === JSON.stringify(stateOfSession(this.#sessionOf(wanted)))
  }

  /** Sets up what a state holds, as one step that can be undone; null for what its deck says. */
  take(wanted: DeckState['state'] | null): void {
    if (!this.isAs(this.held, wanted)) this.explorer.session.adopt(this.#sessionOf(wanted))
  }

  dispose(): void {
    this.#stop()
  }

  #sessionOf(wanted: DeckState['state'] | null): Session {
    return sessionOfState({ state: wanted ?? this.state.state }, this.window.model, this.window.session.view)
  }

  /** Whether all that its panels wait for is there, or will not come. */
  get #answered(): boolean {
    if (this.explorer.sum === null) return true
    return sourcesOf(this.state.stage.panel, this.explorer).every(
      ({ result, failure, loading }) => !loading && (result !== null || failure !== null),
    )
  }

  #watch(): void {
    const { panel } = this.state.stage
    this.explorer.watch({ sweeps: isOfExplore(panel) })
    $effect(() => {
      const { theme, palette } = this.window.session.view
      this.explorer.dark = this.window.dark
      untrack(() => this.explorer.session.show({ theme, palette }))
    })
    // A panel asks by itself once it is on the screen, which it is not in a window that nobody sees.
    $effect(() => {
      const asked = askedOf(panel, this.explorer)
      for (const { query, params } of asked) query.ask(params)
      const unwanted = asked.map(({ query }) => query.want())
      return () => unwanted.forEach((release) => release())
    })
    $effect(() => {
      if (!isOfBench(panel)) return
      const { lab } = this.explorer
      lab.ask()
      const unwanted = [lab.map.want(), lab.shares.want()]
      return () => unwanted.forEach((release) => release())
    })
    $effect(() => {
      if (this.#ready || !this.#answered) return
      // What is drawn in turn asks for its own turn once it has its answer, a frame later at most.
      let cancel = afterFrame(() => (cancel = afterFrame(() => (this.#ready = true))))
      return () => cancel()
    })
  }
}
