import type { OpenedText } from '../../contract/bridge'
import { saveJson } from '../charts/deliver'
import { attempt } from '../shell/attempt'
import type { Application } from '../state/application.svelte'
import type { Decks } from './decks.svelte'

/** Opens a deck from its text, and goes where it is edited and where is said why it could not be used. */
export function takeDeck({ decks, explorer }: Application, { name, text }: OpenedText): void {
  decks.open(text, name)
  explorer?.session.show({ stage: false, workspace: 'decks' })
}

export async function takeDeckFile(application: Application, file: File): Promise<void> {
  takeDeck(application, { name: file.name, text: await file.text() })
}

/** Asks for a deck's file and opens it. */
export function openDeck(application: Application): void {
  const chooser = document.createElement('input')
  chooser.type = 'file'
  chooser.accept = '.json'
  chooser.onchange = () => {
    const file = chooser.files?.[0]
    if (file) void attempt(application, takeDeckFile(application, file))
  }
  chooser.click()
}

/** Hands the deck to the browser, or Electron, which asks where to save it and writes it whole. */
export function saveDeckAs(decks: Decks): void {
  saveJson(decks.file, decks.text)
  decks.keep(decks.file)
}
