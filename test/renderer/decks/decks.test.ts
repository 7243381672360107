// @vitest-environment jsdom
import { expect, test } from 'vitest'
import { writeDeck } from '../../../src/deck/deck-text'
import { Application } from '../../../src/renderer/state/application.svelte'
import { shippedDecks } from '../../../src/renderer/decks/shipped-decks'
import { FakeEngine, fakeBridge } from '../../support/fake-engine'

async function opened() {
  const application = new Application(new FakeEngine(), fakeBridge(null))
  await application.start()
  return { decks: application.decks, explorer: application.explorer! }
}

test('every change of a deck is one step that can be undone, and one that changes nothing is none', async () => {
  const { decks } = await opened()
  const { deck } = decks
  decks.change({ title: 'Another' })
  decks.change({ title: 'Another' })
  decks.move(0, 1)
  decks.duplicate()
  decks.remove()
  expect(decks.isSaved).toBe(false)
  for (let step = 0; step < 4; step++) decks.undo()
  expect(decks.deck).toEqual(deck)
  expect(decks.canUndo).toBe(false)
  decks.redo()
  expect(decks.deck.states[0]!.title).toBe('Another')
})

test('the window’s state is taken after the one that is chosen, with what it sets', async () => {
  const { decks, explorer } = await opened()
  explorer.session.change({ focus: 2, digits: [1, 2, 3, 4, 4, 3, 2, 1] })
  decks.choose(3)
  decks.take(explorer)
  expect(decks.chosen).toBe(4)
  expect(decks.state).toMatchObject({
    state: { analysis: { focus: 2, digits: [1, 2, 3, 4, 4, 3, 2, 1] } },
    expects: [],
  })
  expect(decks.deck.states).toHaveLength(10)
})

test('the first state of a new deck says which model it was made with', async () => {
  const { decks, explorer } = await opened()
  decks.create(explorer.model)
  expect(decks.isSaved).toBe(false)
  decks.take(explorer)
  expect(decks.deck).toMatchObject({ states: [{ title: 'State 1' }], needs: { model: { name: 'fake' } } })
})

test('a deck that is saved is opened again as it was', async () => {
  const { decks } = await opened()
  decks.rename('Mine')
  const { text, deck } = decks
  expect(text).toBe(writeDeck(deck))
  decks.openShipped(shippedDecks[1].file)
  expect(decks.deck.title).toBe('The notebook in ten minutes')
  decks.open(text, 'mine.deck.json')
  expect(decks.deck).toEqual(deck)
  expect(decks.isSaved).toBe(true)
})

test('a file that is no deck is refused in a sentence, and what was open stays with its changes', async () => {
  const { decks } = await opened()
  decks.change({ title: 'Not to be lost' })
  const { deck } = decks
  decks.open('{"version":1}', 'broken.deck.json')
  expect(decks.refusal).toMatch(/^broken\.deck\.json is not a deck that can be used: .+\.$/)
  expect(decks.deck).toBe(deck)
  expect(decks.canUndo).toBe(true)
})

test('a failing expectation marks its state with what was found, or why nothing was', async () => {
  const { decks, explorer } = await opened()
  decks.create(explorer.model)
  decks.take(explorer)
  const expectation = {
    analysis: 'performance',
    params: {},
    tensor: 'exactMatch',
    at: {},
    op: '<',
    value: 0.5,
  } as const
  decks.change({ expects: [expectation, { ...expectation, tensor: 'nothing' }] })
  expect(decks.checkOf(decks.state!)).toBeNull()
  await decks.check(explorer)
  expect(decks.checkOf(decks.state!)).toMatchObject([
    { met: false, found: 1 },
    { met: false, problem: expect.stringContaining('answers no "nothing"') as string },
  ])
  decks.change({ title: 'Other words' })
  expect(decks.checkOf(decks.state!)).toHaveLength(2)
})

test('what was found on one model, or of one deck, is said of no other', async () => {
  const engine = new FakeEngine()
  const application = new Application(engine, fakeBridge(null))
  await application.start()
  const { decks, explorer } = application
  decks.create(explorer!.model)
  decks.take(explorer!)
  const expects = [{ analysis: 'performance', params: {}, tensor: 'exactMatch', at: {}, op: '=', value: 1 }] as const
  decks.change({ expects })
  await decks.check(explorer!)
  expect(decks.checkOf(decks.state!)).toMatchObject([{ met: true }])
  await application.open({ path: '/other.pt' })
  expect(application.explorer).not.toBe(explorer)
  expect(decks.checkOf(decks.state!)).toBeNull()

  const checking = decks.check(application.explorer!)
  const { expects: asked } = decks.state!
  decks.openShipped(shippedDecks[0].file)
  await checking
  decks.change({ expects: asked })
  expect(decks.checkOf(decks.state!)).toBeNull()
})

test('asked twice before its Stage is open, a talk opens one', async () => {
  const { decks, explorer } = await opened()
  let opens = 0
  let open!: () => void
  const bridge = {
    closeStage: () => Promise.resolve(),
    openStage: () => {
      opens++
      return new Promise<null>((resolve) => (open = () => resolve(null)))
    },
  }
  const talks = [decks.present(explorer, bridge, () => null), decks.present(explorer, bridge, () => null)]
  open()
  await Promise.all(talks)
  expect(opens).toBe(1)
  expect(decks.presentation).not.toBeNull()
  decks.ended()
  const failing = { ...bridge, openStage: () => Promise.reject(new Error('There is no display.')) }
  await expect(decks.present(explorer, failing, () => null)).rejects.toThrow('There is no display.')
  expect(decks.presentation).toBeNull()
  const again = decks.present(explorer, bridge, () => null)
  open()
  await again
  expect(decks.presentation).not.toBeNull()
})
