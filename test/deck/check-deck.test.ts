import { readdirSync, readFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { describe, expect, test } from 'vitest'
import { createEngine } from '../../src/engine/handlers'
import { checkDeck, checkExpectation } from '../../src/deck/check-deck'
import { readDeck } from '../../src/deck/deck-text'
import { expectationSchema } from '../../src/deck/expectation'
import { expectationText, foundText } from '../../src/deck/expectation-text'
import { missingSentence, needsOf } from '../../src/deck/missing'
import { Inquiry, type Ask } from '../../src/tour/inquiry'
import { unwatched } from '../../src/contract/unwatched'

const root = resolve(import.meta.dirname, '../..')
const folder = join(root, 'resources/decks')
const decks = readdirSync(folder).map((name) => readDeck(readFileSync(join(folder, name), 'utf8'), name))

async function opened(path: string) {
  const engine = createEngine()
  const model = await engine.openModel({ source: { path: join(root, path) } }, unwatched)
  const ask = ((id, params) => engine.analyze({ id, params }, unwatched)) as Ask
  return { model, inquiry: new Inquiry(model.config, ask) }
}

describe('the decks that come with the program', () => {
  test.each(decks)('$title holds on the bundled model, state by state, and lacks nothing', async (deck) => {
    const { model, inquiry } = await opened('models/sum-4digit')
    expect(missingSentence(deck, model)).toBeNull()
    expect(needsOf(deck, model).every(({ met }) => met)).toBe(true)
    const checked = await checkDeck(deck, inquiry)
    const failing = checked.flatMap((each, state) =>
      each
        .filter(({ met }) => !met)
        .map(
          (one) =>
            `${state + 1}: ${expectationText(one.expectation)}: ${'problem' in one ? one.problem : foundText(one)}`,
        ),
    )
    expect(failing).toEqual([])
    expect(checked.every((each) => each.length > 0)).toBe(true)
  })

  test.each(decks)('$title is told on a model of another shape, in one sentence, what it lacks', async (deck) => {
    const { model } = await opened('models/sum-3digit-mlp')
    expect(missingSentence(deck, model)).toMatch(
      /^The deck was made with sum-4digit, and \d+ of its \d+ states mean nothing to sum-3digit-mlp: .+\.$/,
    )
    expect(needsOf(deck, model)[0]).toMatchObject({ met: false })
  })
})

describe('an expectation that cannot be checked says why', () => {
  const dataset = { size: 50, seed: 1 }
  test.each([
    ['an analysis that is none', { analysis: 'transplants', tensor: 'share' }, 'transplants'],
    [
      'a parameter that it has not',
      { analysis: 'performance', params: { sum: { a: 1, b: 2 } }, tensor: 'loss' },
      'sum',
    ],
    [
      'a tensor that is none',
      { analysis: 'performance', params: { dataset }, tensor: 'losses' },
      'answers no "losses"',
    ],
    [
      'an axis that is none',
      { analysis: 'performance', params: { dataset }, tensor: 'lossPerDigit', at: { head: '0' } },
      'no axis "head"',
    ],
    [
      'a place that is none',
      { analysis: 'performance', params: { dataset }, tensor: 'lossPerDigit', at: { digit: 'C9' } },
      'no "C9" on its axis "digit"',
    ],
    [
      'a place left out',
      { analysis: 'performance', params: { dataset }, tensor: 'lossPerDigit' },
      'on its axis "digit"',
    ],
    [
      'what every object has',
      { analysis: 'performance', params: { dataset }, tensor: 'constructor' },
      'answers no "constructor"',
    ],
  ])('%s', async (_, written, words) => {
    const { inquiry } = await opened('models/sum-4digit')
    const checked = await checkExpectation(expectationSchema.parse({ ...written, op: '>=', value: 0 }), inquiry)
    expect(checked.met).toBe(false)
    expect('problem' in checked ? checked.problem : '').toContain(words)
  })
})

test('an expectation that does not hold is told with the number that was found', async () => {
  const { inquiry } = await opened('models/sum-4digit')
  const params = { dataset: { size: 50, seed: 1 } }
  const written = { analysis: 'performance', params, tensor: 'exactMatch', op: '<', value: 0.5 }
  const checked = await checkExpectation(expectationSchema.parse(written), inquiry)
  expect(checked).toMatchObject({ met: false, found: 1 })
})

test('only numbers can be at least something', () => {
  expect(expectationSchema.safeParse({ analysis: 'a', tensor: 't', op: '>=', value: 'b' }).success).toBe(false)
  expect(expectationSchema.safeParse({ analysis: 'a', tensor: 't', op: '=', value: 'b' }).success).toBe(true)
})
