import { readFileSync } from 'node:fs'
import { resolve } from 'node:path'
import { expect, test } from 'vitest'
import { readDeck } from '../../src/deck/deck-text'
import { plannedMinutes, withMoved, withoutState, withState, withStateAt } from '../../src/deck/edit-deck'
import { clockText, stateRows } from '../../src/deck/state-changes'
import { publishedLayout } from '../../src/core/task-layout'
import type { ModelConfig } from '../../src/model/config'

const path = resolve(import.meta.dirname, '../../resources/decks/how-the-carry-moves.deck.json')
const deck = readDeck(readFileSync(path, 'utf8'), 'carry')
const titles = ({ states }: typeof deck) => states.map(({ title }) => title)
const config = { layout: publishedLayout(4), n_layers: 2, n_heads: 3, n_ctx: 14 } as ModelConfig

test('states are put in, taken out and moved, and the deck before stays as it was', () => {
  const before = JSON.stringify(deck)
  const [first, second] = deck.states
  expect(titles(withStateAt(deck, 1, first!))[1]).toBe(first!.title)
  expect(titles(withoutState(deck, 0))[0]).toBe(second!.title)
  expect(titles(withMoved(deck, 0, 1)).slice(0, 2)).toEqual([second!.title, first!.title])
  expect(withMoved(deck, 0, -1)).toBe(deck)
  expect(withMoved(deck, 8, 9)).toBe(deck)
  expect(withState(deck, 0, { title: 'new' }).states[0]).toEqual({ ...first!, title: 'new' })
  expect(JSON.stringify(deck)).toBe(before)
})

test('the minutes are those of all states', () => {
  expect(plannedMinutes(deck)).toBe(deck.states.reduce((sum, { minutes }) => sum + minutes, 0))
})

test('what a state sets is told with what it was in the state before', () => {
  const rows = stateRows(deck.states[3]!, deck.states[2], config, (panel) => panel)
  const of = (name: string) => rows.find((row) => row.name === name)
  expect(of('Sum')).toEqual({ name: 'Sum', value: '2968+1606', was: null })
  expect(of('Donor')).toEqual({ name: 'Donor', value: '3385+1604', was: 'none chosen' })
  expect(of('Moved')).toEqual({ name: 'Moved', value: 'H0.2@B3', was: 'nothing chosen' })
  expect(of('Stage panel')).toEqual({ name: 'Stage panel', value: 'transplant', was: 'race' })
  expect(stateRows(deck.states[0]!, undefined, config, String).every(({ was }) => was === null)).toBe(true)
})

test('heads and positions of a model of another shape get no name of this one', () => {
  const rows = stateRows(deck.states[3]!, undefined, { ...config, layout: publishedLayout(3), n_ctx: 11 }, String)
  expect(rows.find(({ name }) => name === 'Moved')?.value).toBe('for another model')
  expect(rows.find(({ name }) => name === 'Interventions')?.value).toBe('none')
})

test('clocks show minutes and seconds', () => {
  expect([0, 9.9, 90, 3605, -1].map(clockText)).toEqual(['0:00', '0:09', '1:30', '60:05', '0:00'])
})
