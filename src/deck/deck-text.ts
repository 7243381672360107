import { BadInput } from '../core/bad-input'
import { readDocument } from '../session/document-text'
import { deckSchema, deckVersion, type Deck } from './deck'

/** Characters that a deck may have: more than any talk needs, and little enough to be read in one go. */
const mostCharacters = 5_000_000

/** Whether a file is a deck's by its name. */
export function isDeckFile(name: string): boolean {
  return name.endsWith('.deck.json')
}

/**
 * Reads a deck from its JSON. Throws BadInput, with one sentence, where the text is not one, names what is not known here, or was
 * written by a newer version; `name` is what the sentence calls it.
 */
export function readDeck(json: string, name: string): Deck {
  if (json.length > mostCharacters)
    throw new BadInput(
      `${name} is not a deck: it has ${json.length} characters, and a deck has at most ${mostCharacters}; choose a file that Carryscope saved.`,
    )
  return readDocument(json, name, { called: 'deck', version: deckVersion, schema: deckSchema })
}

/** A deck as its file holds it: whole, and laid out for people and for comparisons line by line. */
export function writeDeck(deck: Deck): string {
  return `${JSON.stringify(deck, null, 2)}\n`
}
