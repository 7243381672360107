import { flushSync } from 'svelte'
import { expect, test } from 'vitest'
import { Show, type Channel } from '../../../src/renderer/present/show.svelte'
import { shippedDecks } from '../../../src/renderer/decks/shipped-decks'

/** A channel between windows of one process: what one posts, all others hear, later. */
function channels() {
  const all: Channel[] = []
  const open = (): Channel => {
    const channel: Channel = {
      onmessage: null,
      postMessage: (message) => {
        const data: unknown = structuredClone(message)
        for (const other of all.filter((each) => each !== channel))
          queueMicrotask(() => other.onmessage?.({ data } as MessageEvent))
      },
      close: () => void all.splice(all.indexOf(channel), 1),
    }
    all.push(channel)
    return channel
  }
  return { all, open }
}

const deck = shippedDecks[0].read()
const heard = () => new Promise((resolve) => setTimeout(resolve))

async function talk() {
  const { all, open } = channels()
  const speaker = new Show(open(), deck, 2)
  const stage = new Show(open())
  await heard()
  return { all, open, speaker, stage }
}

test('a window that opens is told the deck and what is on', async () => {
  const { stage } = await talk()
  expect(stage.deck).toEqual(deck)
  expect(stage.now).toMatchObject({ index: 2, spotlight: deck.states[2]!.stage.spotlight, black: false, changed: null })
})

test('what is done in either window happens in both', async () => {
  const { speaker, stage } = await talk()
  speaker.go(3)
  await heard()
  expect(stage.now.index).toBe(3)
  stage.go(4)
  stage.change({ black: true })
  await heard()
  expect(speaker.now).toMatchObject({ index: 4, black: true })
})

test('a step takes the black away and brings the next state as its deck has it', async () => {
  const { speaker } = await talk()
  speaker.change({ black: true, spotlight: 'sum', changed: deck.states[0]!.state })
  speaker.go(3)
  expect(speaker.now).toMatchObject({ black: false, changed: null, spotlight: deck.states[3]!.stage.spotlight })
})

test('it stays at either end', async () => {
  const { speaker } = await talk()
  speaker.go(-1)
  expect(speaker.now.index).toBe(0)
  speaker.go(99)
  expect(speaker.now.index).toBe(deck.states.length - 1)
})

test('reset brings back what the deck says of the state that is on', async () => {
  const { speaker, stage } = await talk()
  stage.change({ changed: deck.states[0]!.state, spotlight: 'left' })
  await heard()
  speaker.reset()
  await heard()
  for (const show of [speaker, stage])
    expect(show.now).toMatchObject({ index: 2, changed: null, spotlight: deck.states[2]!.stage.spotlight })
})

test('a Stage that is opened once more catches up, and the speaker knows which states it has drawn', async () => {
  const { open, speaker, stage } = await talk()
  stage.tellReady([2, 3])
  await heard()
  flushSync()
  expect(speaker.ready).toEqual([2, 3])
  stage.leave()
  await heard()
  expect(speaker.ready).toBeNull()
  speaker.go(5)
  const again = new Show(open())
  await heard()
  expect(again.now.index).toBe(5)
})

test('the end is the end in both, and nothing is posted after it', async () => {
  const { speaker, stage } = await talk()
  stage.end()
  await heard()
  expect(speaker.ended).toBe(true)
  expect(() => stage.go(0)).not.toThrow()
})

test('the speaker knows which state is on the Stage’s screen, for as long as there is one', async () => {
  const { speaker, stage } = await talk()
  expect(speaker.shown).toBeNull()
  stage.tellShown(2)
  await heard()
  expect(speaker.shown).toBe(2)
  stage.leave()
  await heard()
  expect(speaker.shown).toBeNull()
})

test('a talk that is ended in one window leaves no channel open in either', async () => {
  const { all, speaker, stage } = await talk()
  stage.end()
  await heard()
  expect([speaker.ended, stage.ended, all.length]).toEqual([true, true, 0])
})
