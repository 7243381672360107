import { readdirSync, readFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { expect, test } from 'vitest'
import { BadInput } from '../../src/core/bad-input'
import { readDeck, writeDeck } from '../../src/deck/deck-text'
import { fc } from '../support/arbitraries'
import { mutatedJson } from '../support/mutated-json'

const folder = resolve(import.meta.dirname, '../../resources/decks')
const decks = readdirSync(folder).map((name) => ({ name, text: readFileSync(join(folder, name), 'utf8') }))
const runs = 1000

/** Whether everything that a value says is said by another, which may say more. */
function isWithin(part: unknown, whole: unknown): boolean {
  if (typeof part !== 'object' || part === null) return part === whole
  if (typeof whole !== 'object' || whole === null) return false
  return Object.entries(part).every(([key, value]) => isWithin(value, (whole as Record<string, unknown>)[key]))
}

test.each(decks)(
  'of a thousand mutations of $name each is refused in one sentence, or read without a loss',
  ({ name, text }) => {
    let refused = 0
    fc.assert(
      fc.property(mutatedJson(JSON.parse(text)), ({ text: mutation, how }) => {
        try {
          const deck = readDeck(mutation, `"${name}"`)
          expect(isWithin(JSON.parse(mutation), deck), how).toBe(true)
          expect(readDeck(writeDeck(deck), name), how).toEqual(deck)
        } catch (error) {
          if (!(error instanceof BadInput)) throw error
          refused++
          expect(error.message, how).toMatch(/^"[^"]+" (is not a deck|was saved by a newer Carryscope).*[^.]\.$/)
          expect(error.message.length, how).toBeLessThan(300)
          expect(error.message.replaceAll(/"[^"]*"/g, '""'), how).not.toMatch(/[.!?] [A-Z]/)
        }
      }),
      { numRuns: runs, seed: 42 },
    )
    expect(refused).toBeGreaterThan(runs / 2)
  },
)
