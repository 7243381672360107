// @vitest-environment jsdom
import { flushSync } from 'svelte'
import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { Decks } from '../../../src/renderer/decks/decks.svelte'
import { keepDraft } from '../../../src/renderer/decks/draft.svelte'

/** What a window does with decks, from its loading to its end. */
function opened() {
  const decks = new Decks()
  const end = $effect.root(() => {
    keepDraft(decks)
  })
  flushSync()
  return { decks, end }
}

beforeEach(() => {
  vi.useFakeTimers()
})
afterEach(() => {
  vi.useRealTimers()
  localStorage.clear()
})

test('what was changed last in a deck is kept as the page is left', () => {
  const { decks, end } = opened()
  vi.advanceTimersByTime(1000)
  decks.rename('Not to be lost')
  flushSync()
  window.dispatchEvent(new Event('pagehide'))
  end()
  const again = opened()
  expect(again.decks.deck.title).toBe('Not to be lost')
  expect(again.decks.isSaved).toBe(false)
  again.end()
})

test('a window that is left with nothing changed leaves the draft of another one', () => {
  const { end } = opened()
  vi.advanceTimersByTime(1000)
  const other = opened()
  other.decks.rename('Of another window')
  flushSync()
  vi.advanceTimersByTime(1000)
  window.dispatchEvent(new Event('pagehide'))
  end()
  other.end()
  expect(opened().decks.deck.title).toBe('Of another window')
})
