import { expect, test } from 'vitest'
import { cli } from '../support/cli'

const carry = 'resources/decks/how-the-carry-moves.deck.json'

test('the states of a deck are told with what each expects, what was found, and whether that holds', async () => {
  const { code, out, err } = await cli('deck', carry, '--model', 'models/sum-4digit')
  expect(code).toBe(0)
  expect(err).toBe('')
  expect(out).toMatch(/^How the carry moves: 9 states, [\d.]+ minutes, on sum-4digit/)
  expect(out).toMatch(/✓ .+, ≥ 99 %: 100 %/)
  expect(out).toMatch(/All \d+ expectations hold\.\n$/)
})

test('the same as JSON, on another model, whose lack is told in one sentence', async () => {
  const { code, out, err } = await cli('deck', carry, '--model', 'models/sum-3digit-mlp', '--json', '-')
  expect(code).toBe(0)
  const { states, missing } = JSON.parse(out) as { states: { expects: { met: boolean }[] }[]; missing: string }
  expect(states).toHaveLength(9)
  expect(states.flatMap(({ expects }) => expects).every(({ met }) => met)).toBe(false)
  expect(err).toBe(`${missing}\n`)
})

test.each([
  ['a file that is not there', 'none.deck.json', 'The deck "none.deck.json" cannot be read'],
  ['a file that is no deck', 'package.json', '"package.json" is not a deck: it has no version'],
])('%s is refused in a sentence', async (_, file, sentence) => {
  const { code, err } = await cli('deck', file, '--model', 'models/sum-4digit')
  expect(code).toBe(2)
  expect(err).toContain(sentence)
})
