// @vitest-environment jsdom
import { flushSync } from 'svelte'
import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { Decks } from '../../../src/renderer/decks/decks.svelte'
import { keepDraft } from '../../../src/renderer/decks/draft.svelte'

/** What a window does with decks, from its loading to its end. */
function opened(before: (decks: Decks) => void = () => undefined) {
  const decks = new Decks()
  before(decks)
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

test('a draft gives way to what was opened before it was taken up, but not to what could not be', () => {
  const { decks, end } = opened()
  decks.rename('A draft')
  flushSync()
  window.dispatchEvent(new Event('pagehide'))
  end()
  const refused = opened((other) => {
    other.open('{}', 'broken.deck.json')
  })
  expect(refused.decks.deck.title).toBe('A draft')
  expect(refused.decks.refusal).toContain('broken.deck.json')
  refused.end()
  const { decks: others } = opened((other) => {
    other.openShipped('the-notebook-in-ten-minutes.deck.json')
  })
  expect(others.deck.title).toBe('The notebook in ten minutes')
})
