import carry from '../../../resources/decks/how-the-carry-moves.deck.json?raw'
import notebook from '../../../resources/decks/the-notebook-in-ten-minutes.deck.json?raw'
import type { Deck } from '../../deck/deck'
import { readDeck } from '../../deck/deck-text'

const shipped = (file: string, text: string) => {
  const { title } = JSON.parse(text) as Deck
  return { file, title, read: (): Deck => readDeck(text, file) }
}

/** The decks that come with the program, part of the page so that they are there wherever it is. */
export const shippedDecks = [
  shipped('how-the-carry-moves.deck.json', carry),
  shipped('the-notebook-in-ten-minutes.deck.json', notebook),
] as const
