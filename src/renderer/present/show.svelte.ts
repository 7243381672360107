import type { Deck, DeckState, Spotlight } from '../../deck/deck'

/** What is on the Stage at this moment, beside the deck itself. The two windows of a talk have the same. */
export interface ShowState {
  /** Which state of the deck. */
  readonly index: number
  readonly spotlight: Spotlight
  /** Whether what the spotlight is not on is dimmed. */
  readonly dims: boolean
  /** Whether the Stage is black. */
  readonly black: boolean
  /** Whether the clock stands still. */
  readonly paused: boolean
  /** What somebody has changed in the state on the Stage; null while it is as the deck says. */
  readonly changed: DeckState['state'] | null
  /** Counts the changes: of two, the later one counts in both windows. */
  readonly turn: number
}

type Message =
  | { readonly kind: 'hello' }
  | { readonly kind: 'deck'; readonly deck: Deck }
  | { readonly kind: 'show'; readonly show: ShowState }
  /** From the Stage: which states it has computed and drawn. */
  | { readonly kind: 'ready'; readonly ready: readonly number[] }
  /** From the Stage: which state is on its screen. */
  | { readonly kind: 'shown'; readonly shown: number }
  | { readonly kind: 'end' }
  /** From the Stage: its window closes. */
  | { readonly kind: 'bye' }

/** As much of a BroadcastChannel as is needed. */
export interface Channel {
  postMessage(message: unknown): void
  onmessage: ((event: MessageEvent) => void) | null
  close(): void
}

const first: ShowState = {
  index: 0,
  spotlight: 'none',
  dims: false,
  black: false,
  paused: false,
  changed: null,
  turn: 0,
}

/**
 * A talk as both of its windows know it. Either may be used: what is done in one happens in both, and a window that opens, also
 * once more, is told all there is. Neither needs the other to go on.
 */
export class Show {
  #deck = $state.raw<Deck | null>(null)
  #now = $state.raw(first)
  #ready = $state.raw<readonly number[] | null>(null)
  #shown = $state<number | null>(null)
  #ended = $state(false)
  #left = false

  constructor(
    private readonly channel: Channel,
    deck: Deck | null = null,
    index = 0,
  ) {
    channel.onmessage = ({ data }: MessageEvent<Message>) => this.#hear(data)
    this.#deck = deck
    if (deck) {
      this.#now = { ...first, index, spotlight: deck.states[index]?.stage.spotlight ?? 'none', turn: 1 }
      this.#tellAll()
    } else this.#post({ kind: 'hello' })
  }

  /** Null until the other window has told it. */
  get deck(): Deck | null {
    return this.#deck
  }

  get now(): ShowState {
    return this.#now
  }

  get state(): DeckState | undefined {
    return this.#deck?.states[this.#now.index]
  }

  /** The states that the Stage's own window has drawn; null while there is no such window. */
  get ready(): readonly number[] | null {
    return this.#ready
  }

  /** The state that is on the screen of the Stage's own window; null while that is not known. */
  get shown(): number | null {
    return this.#shown
  }

  get ended(): boolean {
    return this.#ended
  }

  /** Goes to a state of the deck, as the deck has it. It stays where it is at either end. */
  go(index: number): void {
    const last = (this.#deck?.states.length ?? 1) - 1
    const to = Math.min(Math.max(index, 0), last)
    if (to === this.#now.index) return
    this.#change({ index: to, ...this.#asInDeck(to), black: false })
  }

  /** The state on the Stage as the deck has it. */
  reset(): void {
    this.#change(this.#asInDeck(this.#now.index))
  }

  change(parts: Partial<Omit<ShowState, 'turn' | 'index'>>): void {
    this.#change(parts)
  }

  tellReady(ready: readonly number[]): void {
    this.#post({ kind: 'ready', ready })
  }

  tellShown(shown: number): void {
    this.#post({ kind: 'shown', shown })
  }

  /** Nothing is told after it: what is still drawn in a window that closes would bring it back for the other. */
  leave(): void {
    this.#post({ kind: 'bye' })
    this.#left = true
  }

  /** Ends the talk in both windows. */
  end(): void {
    this.#post({ kind: 'end' })
    this.#end()
  }

  #end(): void {
    this.#ended = true
    this.channel.close()
  }

  #asInDeck(index: number) {
    return { spotlight: this.#deck?.states[index]?.stage.spotlight ?? ('none' as const), changed: null }
  }

  #change(parts: Partial<ShowState>): void {
    this.#now = { ...this.#now, ...parts, turn: this.#now.turn + 1 }
    this.#post({ kind: 'show', show: this.#now })
  }

  #tellAll(): void {
    if (this.#deck) this.#post({ kind: 'deck', deck: this.#deck })
    this.#post({ kind: 'show', show: this.#now })
  }

  #hear(message: Message): void {
    if (message.kind === 'hello') this.#tellAll()
    else if (message.kind === 'deck') this.#deck = message.deck
    else if (message.kind === 'ready') this.#ready = message.ready
    else if (message.kind === 'shown') this.#shown = message.shown
    else if (message.kind === 'bye') this.#ready = this.#shown = null
    else if (message.kind === 'end') this.#end()
    else if (message.show.turn > this.#now.turn) this.#now = message.show
  }

  #post(message: Message): void {
    if (this.#ended || this.#left) return
    // What a window draws from is no message: a plain copy is.
    this.channel.postMessage(JSON.parse(JSON.stringify(message)))
  }
}
