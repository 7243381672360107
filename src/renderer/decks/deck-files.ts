import { saveText } from '../charts/deliver'
import type { Decks } from './decks.svelte'

/** Asks for a deck's file and opens it. */
export function openDeck(decks: Decks): void {
  const chooser = document.createElement('input')
  chooser.type = 'file'
  chooser.accept = '.json'
  chooser.onchange = () => {
    const file = chooser.files?.[0]
    if (file) void file.text().then((text) => decks.open(text, file.name))
  }
  chooser.click()
}

/** Hands the deck to the browser, or Electron, which asks where to save it and writes it whole. */
export function saveDeckAs(decks: Decks): void {
  saveText(decks.file, 'application/json', decks.text)
  decks.keep(decks.file)
}
