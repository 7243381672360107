import type { Deck, DeckState } from './deck'

/** Changes of a deck. Each gives another deck and leaves the old one as it is, so that it can be undone. */

export function withStateAt(deck: Deck, index: number, state: DeckState): Deck {
  return { ...deck, states: deck.states.toSpliced(index, 0, state) }
}

export function withoutState(deck: Deck, index: number): Deck {
  return { ...deck, states: deck.states.toSpliced(index, 1) }
}

export function withState(deck: Deck, index: number, parts: Partial<DeckState>): Deck {
  const state = deck.states[index]
  return state ? { ...deck, states: deck.states.with(index, { ...state, ...parts }) } : deck
}

/** The state at one place comes to stand at another. */
export function withMoved(deck: Deck, from: number, to: number): Deck {
  const state = deck.states[from]
  if (!state || to < 0 || to >= deck.states.length) return deck
  return { ...deck, states: deck.states.toSpliced(from, 1).toSpliced(to, 0, state) }
}

/** Minutes that are planned for all states. */
export function plannedMinutes({ states }: Pick<Deck, 'states'>): number {
  return states.reduce((sum, { minutes }) => sum + minutes, 0)
}
