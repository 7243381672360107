import { SvelteMap } from 'svelte/reactivity'
import { analyze } from '../../contract/analyze'
import type { ModelInfo } from '../../contract/contract'
import { failureOf } from '../../contract/failure'
import { checkState } from '../../deck/check-deck'
import { deckVersion, type Deck, type DeckState } from '../../deck/deck'
import { readDeck, writeDeck } from '../../deck/deck-text'
import { withMoved, withoutState, withState, withStateAt } from '../../deck/edit-deck'
import { Inquiry, type Ask } from '../../tour/inquiry'
import type { Bridge } from '../../contract/bridge'
import { Presentation } from '../present/presentation.svelte'
import type { Explorer } from '../state/explorer.svelte'
import { Undoable } from '../state/undoable.svelte'
import { stateOfSession } from './deck-session'
import { shippedDecks } from './shipped-decks'
import type { StateCheck } from './state-check'

/** The deck that is open in the window: edited, undone, kept in a draft, checked. It stays open whatever model is. */
export class Decks {
  #history = $state.raw(new Undoable<Deck>(shippedDecks[0].read()))
  #chosen = $state(0)
  #file = $state(shippedDecks[0].file)
  /** The deck as its file has it. */
  #saved = $state.raw<Deck | null>(this.#history.present)
  #refusal = $state<string | null>(null)
  #presentation = $state.raw<Presentation | null>(null)
  /** Whether a Stage is being opened: a second key or click before it is there asks for the same. */
  #opensStage = false
  /** By what is expected: other words change no check. */
  readonly #checks = new SvelteMap<DeckState['expects'], StateCheck>()
  /** The check that goes on or was last done; what an earlier one finds counts no more. */
  #check: symbol | null = null

  get deck(): Deck {
    return this.#history.present
  }

  /** What its file is called, without its folder. */
  get file(): string {
    return this.#file
  }

  get isSaved(): boolean {
    return this.deck === this.#saved
  }

  /** Why what was last asked for was not done, in one sentence. */
  get refusal(): string | null {
    return this.#refusal
  }

  /** The talk that is being given with it; null while none is. */
  get presentation(): Presentation | null {
    return this.#presentation
  }

  /** The place of the state that is looked at. */
  get chosen(): number {
    return Math.min(this.#chosen, this.deck.states.length - 1)
  }

  get state(): DeckState | undefined {
    return this.deck.states[this.chosen]
  }

  get canUndo(): boolean {
    return this.#history.canUndo
  }

  get canRedo(): boolean {
    return this.#history.canRedo
  }

  /** What became of a state's expectations; null where they were not checked as they are now. */
  checkOf(state: DeckState): StateCheck | null {
    return this.#checks.get(state.expects) ?? null
  }

  refuse(sentence: string | null): void {
    this.#refusal = sentence
  }

  choose(index: number): void {
    this.#chosen = Math.min(Math.max(index, 0), Math.max(this.deck.states.length - 1, 0))
  }

  /** Opens a deck from its text. What is open stays, and is said why, where it cannot be used. */
  open(text: string, file: string): void {
    try {
      this.#begin(readDeck(text, file), file)
    } catch (error) {
      this.#refusal = failureOf(error).message
    }
  }

  /** Opens a deck that comes with the program. */
  openShipped(file: string): void {
    const shipped = shippedDecks.find((each) => each.file === file)
    if (shipped) this.#begin(shipped.read(), file)
  }

  /** Takes up a draft of no file, unless another deck is open by now: what was refused stays. Throws BadInput where it is no deck. */
  restore(text: string, file: string): void {
    if (!this.isSaved || this.#file !== shippedDecks[0].file) return
    const refusal = this.#refusal
    this.#begin(readDeck(text, file), file)
    this.#saved = null
    this.#refusal = refusal
  }

  /** A deck without states, for the open model. */
  create({ name, sha256, reference }: ModelInfo): void {
    const { size, seed } = reference
    const needs = { model: { name, sha256, layout: null }, dataset: { size, seed }, reference }
    this.#begin({ version: deckVersion, title: 'A new deck', states: [], needs }, 'new.deck.json')
    this.#saved = null
  }

  /** The deck as its file would hold it. */
  get text(): string {
    return writeDeck(this.deck)
  }

  /** It was saved under this name. */
  keep(file: string): void {
    this.#file = file
    this.#saved = this.deck
  }

  /** Takes the window's state as a new one after the state that is chosen. */
  take({ session, model }: Explorer): void {
    const { stage } = this.state ?? { stage: { panel: 'clock-face', spotlight: 'none' as const } }
    const index = this.deck.states.length === 0 ? 0 : this.chosen + 1
    const state = {
      title: `State ${index + 1}`,
      line: '',
      notes: '',
      minutes: 1,
      state: stateOfSession(session),
      stage,
      expects: [],
    }
    const deck = withStateAt(this.deck, index, state)
    this.#history.push(deck.states.length > 1 ? deck : { ...deck, needs: needsOf(deck, model) })
    this.#chosen = index
  }

  change(parts: Partial<DeckState>, index = this.chosen): void {
    const before = this.deck.states[index]
    if (!before || JSON.stringify({ ...before, ...parts }) === JSON.stringify(before)) return
    this.#history.push(withState(this.deck, index, parts))
  }

  rename(title: string): void {
    if (title !== this.deck.title) this.#history.push({ ...this.deck, title })
  }

  move(from: number, to: number): void {
    const deck = withMoved(this.deck, from, to)
    if (deck === this.deck) return
    this.#history.push(deck)
    this.#chosen = to
  }

  duplicate(): void {
    if (!this.state) return
    this.#history.push(withStateAt(this.deck, this.chosen + 1, this.state))
    this.#chosen = this.chosen + 1
  }

  remove(): void {
    if (this.state) this.#history.push(withoutState(this.deck, this.chosen))
  }

  undo(): void {
    this.#history.undo()
  }

  redo(): void {
    this.#history.redo()
  }

  /** Checks what every state expects on the open model, one after the other. */
  async check(explorer: Explorer): Promise<void> {
    this.forgetChecks()
    const check = (this.#check = Symbol('check'))
    const ask: Ask = (id, params) => analyze(explorer.engine, id, params)
    const inquiry = new Inquiry(explorer.config, ask)
    for (const state of this.deck.states) {
      this.#checks.set(state.expects, 'running')
      const checked = await checkState(state, inquiry).catch((error: unknown) => ({
        failure: failureOf(error).message,
      }))
      if (this.#check !== check) return
      this.#checks.set(state.expects, checked)
    }
  }

  /** What was found on one model says nothing of another. */
  forgetChecks(): void {
    this.#check = null
    this.#checks.clear()
  }

  /**
   * Presents the deck from the state that is chosen, with what it expects checked meanwhile. The Stage has a window of its own on a
   * second display, or `anyway`; else it takes this window. `told` is what the host has to say.
   */
  async present(
    explorer: Explorer,
    bridge: Pick<Bridge, 'openStage' | 'closeStage'>,
    told: () => string | null,
    anyway = false,
  ): Promise<void> {
    if (this.#presentation || this.#opensStage || this.deck.states.length === 0) return
    const presentation = new Presentation(this.deck, this.chosen, explorer, bridge, told, (state) =>
      this.checkOf(state),
    )
    // A window is opened while the key or the click that asked for it is being answered.
    this.#opensStage = true
    try {
      await presentation.openStage(anyway)
    } catch (error) {
      presentation.show.end()
      throw error
    } finally {
      this.#opensStage = false
    }
    this.#presentation = presentation
    void this.check(explorer)
  }

  /** The talk is over: the state that was on the Stage last is chosen. */
  ended(): void {
    if (this.#presentation) this.choose(this.#presentation.show.now.index)
    this.#presentation = null
  }

  #begin(deck: Deck, file: string): void {
    this.#history = new Undoable(deck)
    this.forgetChecks()
    this.#chosen = 0
    this.#refusal = null
    this.keep(file)
  }
}

function needsOf({ needs }: Deck, { name, sha256, reference }: ModelInfo): Deck['needs'] {
  return { ...needs, model: { name, sha256, layout: null }, reference }
}
