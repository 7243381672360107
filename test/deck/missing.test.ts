import { expect, test } from 'vitest'
import { missingSentence, stageMark } from '../../src/deck/missing'
import { shippedDecks } from '../../src/renderer/decks/shipped-decks'
import { fakeModel } from '../support/fake-engine'

const deck = shippedDecks[0].read()
const [state] = deck.states
const { model, reference } = deck.needs
const own = { ...fakeModel(), name: model.name, sha256: model.sha256, reference }

test('on the model that it was made with, nothing is said', () => {
  expect(missingSentence(deck, own)).toBeNull()
  expect(stageMark(deck, state!, own)).toBeNull()
})

test('the Stage names the model that answers and the one that the line is about', () => {
  expect(stageMark(deck, state!, { ...own, name: 'step-001000', sha256: 'a'.repeat(64) })).toBe(
    `step-001000 answers, not ${model.name}`,
  )
})

test('two models of one name are told apart by their hashes', () => {
  expect(stageMark(deck, state!, { ...own, sha256: 'a'.repeat(64) })).toBe(
    `${model.name} aaaaaaaa answers, not ${model.name} ${model.sha256.slice(0, 8)}`,
  )
})

test('a state that the open model cannot have says so', () => {
  const smaller = fakeModel({ numDigits: 2 })
  expect(stageMark(deck, state!, smaller)).toBe(`made for ${model.name}, nothing to ${smaller.name}`)
})

test('means over other sums are told too', () => {
  const other = { ...own, reference: { ...reference, sha256: 'b'.repeat(64) } }
  expect(stageMark(deck, state!, other)).toBe('means over other sums')
})
