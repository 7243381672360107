import type { Bridge, StageDisplay } from '../../contract/bridge'
import type { ModelInfo } from '../../contract/contract'
import { refusalOf } from '../../contract/failure'
import type { Deck, DeckState, Spotlight } from '../../deck/deck'
import type { StateCheck } from '../decks/state-check'
import { Scenes } from '../decks/scenes.svelte'
import type { Explorer } from '../state/explorer.svelte'
import type { PresentAction } from './present-keys'
import type { Presented } from './present-keyboard'
import { showChannel } from './show-channel'
import { Show } from './show.svelte'
import { TalkClock } from './talk-clock.svelte'

/** The places that a digit puts the spotlight on. */
const places: readonly Spotlight[] = ['none', 'sum', 'left', 'right']

/** Does to a talk what a key asks for, in either of its windows. */
export function doToShow(show: Show, action: PresentAction): void {
  const { index, black, paused } = show.now
  if (action.does === 'next') show.go(index + 1)
  else if (action.does === 'back') show.go(index - 1)
  else if (action.does === 'first') show.go(0)
  else if (action.does === 'last') show.go((show.deck?.states.length ?? 1) - 1)
  else if (action.does === 'reset') show.reset()
  else if (action.does === 'black') show.change({ black: !black })
  else if (action.does === 'clock') show.change({ paused: !paused })
  else if (action.does === 'end') show.end()
  else if (action.does === 'spotlight' && places[action.place]) show.change({ spotlight: places[action.place]! })
}

/** What the pictures of a deck's states in the presenter's window are of. */
export interface ShownStates {
  readonly presentation: Presentation
  readonly deck: Deck
  /** Which state is on once it is on the screen: before that no other picture is laid out. */
  readonly settled: number
}

/** A talk in the speaker's window: what is on the Stage, what is computed ahead, the clock, and where the Stage is. */
export class Presentation implements Presented {
  readonly show: Show
  readonly scenes: Scenes
  readonly clock = new TalkClock()
  /** Which model answers. */
  readonly model: ModelInfo
  /** Whether the notes are held over the Stage, where that has no window of its own. */
  notesHeld = $state(false)
  #display = $state.raw<StageDisplay | null>(null)
  #failure = $state<string | null>(null)

  constructor(
    deck: Deck,
    index: number,
    explorer: Explorer,
    private readonly bridge: Pick<Bridge, 'openStage' | 'closeStage'>,
    private readonly told: () => string | null,
    /** What became of what a state expects; null where that is not known. */
    readonly checkOf: (state: DeckState) => StateCheck | null,
  ) {
    this.show = new Show(showChannel(), deck, index)
    this.scenes = new Scenes(explorer)
    this.model = explorer.model
  }

  /** Where the Stage is; null while it is in this window. */
  get display(): StageDisplay | null {
    return this.#display
  }

  /** What the host has to say, as that the projector is gone, or why the Stage could not be opened again; for the speaker alone. */
  get notice(): string | null {
    return this.#failure ?? this.told()
  }

  /** Opens the Stage in a window of its own: on the second display where there is one, else, if it is wanted anyway, beside this one. */
  async openStage(anyway = false): Promise<void> {
    this.#display = (await this.bridge.openStage(anyway)) ?? this.#display
  }

  /** The same while the talk goes on, which it does where the Stage cannot be opened. */
  async openStageAgain(): Promise<void> {
    this.#failure = await refusalOf(this.openStage(true))
  }

  do(action: PresentAction): void {
    if (action.does === 'notes') this.notesHeld = true
    else doToShow(this.show, action)
  }

  type(digit: number): void {
    this.scenes.of(this.show.state)?.explorer.entry.type(digit)
  }

  release(): void {
    this.notesHeld = false
  }

  /** The talk is over: its Stage goes too, unless it is gone already. */
  close(): void {
    this.bridge.closeStage().catch(() => {})
  }
}
