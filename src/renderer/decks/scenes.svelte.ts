import { untrack } from 'svelte'
import type { EngineClient } from '../../contract/contract'
import type { DeckState } from '../../deck/deck'
import { afterFrame } from '../parts/in-turn'
import type { Explorer } from '../state/explorer.svelte'
import { keepingAnswers } from './kept-answers'
import { Scene } from './scene.svelte'

type Held = Pick<DeckState, 'state' | 'stage'>

/**
 * The states of a deck that are being shown or computed ahead. Those that are wanted first are made at once, the others one after
 * the other as soon as all that were made are drawn, so that nothing that is waited for waits for them.
 */
export class Scenes {
  #scenes = $state.raw<readonly Scene[]>([])
  readonly #engine: EngineClient
  #made = 0

  /** Of the model that a window has open, in the colours that it has. */
  constructor(private readonly window: Explorer) {
    this.#engine = keepingAnswers(window.engine)
  }

  /** The scene of a state; undefined until it is its turn. */
  of(state: Held | undefined): Scene | undefined {
    return state && this.#scenes.find((scene) => isSame(scene.state, state))
  }

  /** A state was changed in its own scene, which goes on being that of the state as it is now. */
  follow(scene: Scene, state: DeckState): void {
    scene.state = state
    this.#scenes = [...this.#scenes]
  }

  /**
   * Keeps scenes of the states that are wanted, the most urgent first, of which so many are made at once. To be called once, while
   * a component is being set up; they are disposed of with it.
   */
  watch(wanted: () => { readonly states: readonly DeckState[]; readonly atOnce: number }): void {
    $effect(() => {
      const { states, atOnce } = wanted()
      const all = this.#scenes
      const distinct = states.filter((state, place) => states.indexOf(state) === place)
      const missing = distinct.filter((state) => !all.some((scene) => isSame(scene.state, state)))
      const urgent = missing.filter((state) => states.indexOf(state) < atOnce)
      if (urgent.length > 0) {
        untrack(() => this.#exchange([], urgent))
        return
      }
      const unwanted = all.filter((scene) => !states.some((state) => isSame(scene.state, state)))
      const isIdle = all.every((scene) => unwanted.includes(scene) || scene.ready)
      const next = isIdle ? missing.slice(0, 1) : []
      if (unwanted.length === 0 && next.length === 0) return
      // A step is on the screen before anything is done for the next one.
      return afterFrame(() => this.#exchange(unwanted, next))
    })
    $effect(() => () => untrack(() => this.#scenes).forEach((scene) => scene.dispose()))
  }

  #exchange(unwanted: readonly Scene[], wanted: readonly DeckState[]): void {
    const made = wanted.map((state) => new Scene(`deck-${this.#made++}`, state, this.window, this.#engine))
    this.#scenes = [...this.#scenes.filter((scene) => !unwanted.includes(scene)), ...made]
    for (const scene of unwanted) scene.dispose()
  }
}

/** Whether two states look alike: title and notes are not on the Stage. */
function isSame(one: Held, other: Held): boolean {
  return one.state === other.state && one.stage.panel === other.stage.panel
}
