import { whenLeft } from '../state/when-left'
import type { Decks } from './decks.svelte'

const draftKey = 'carryscope-deck-draft'

/** A pause after a change, so that typing is kept once; in milliseconds. */
const pause = 250

/**
 * Keeps what was changed in a deck and not saved, over a restart and a crash, in the page's own storage. What cannot be kept there is
 * still in the window. To be called once, while a component is being set up.
 */
export function keepDraft(decks: Decks): void {
  const draft = localStorage.getItem(draftKey)
  if (draft !== null) restore(decks, draft)
  let timer: ReturnType<typeof setTimeout> | undefined
  let keep: (() => void) | null = null
  $effect(() => {
    const { isSaved, file, deck } = decks
    keep = () => {
      clearTimeout(timer)
      keep = null
      if (isSaved) localStorage.removeItem(draftKey)
      else write(JSON.stringify({ file, text: JSON.stringify(deck) }))
    }
    timer = setTimeout(keep, pause)
    return () => clearTimeout(timer)
  })
  // The draft of another window stays, where nothing was changed here.
  $effect(() => whenLeft(() => keep?.()))
}

function restore(decks: Decks, draft: string): void {
  try {
    const { file, text } = JSON.parse(draft) as { file: unknown; text: unknown }
    decks.restore(String(text), String(file))
  } catch {
    localStorage.removeItem(draftKey)
  }
}

function write(text: string): void {
  try {
    localStorage.setItem(draftKey, text)
  } catch {
    // There is no room left: the deck is as safe as its window.
  }
}
