import { expect, test } from 'vitest'
import { planText, TalkClock } from '../../../src/renderer/present/talk-clock.svelte'

function clock() {
  let now = 1_000_000
  const talk = new TalkClock(() => now)
  const pass = (seconds: number) => {
    now += 1000 * seconds
    talk.tick()
  }
  return { talk, pass }
}

test('the talk and its state are told by the time of day, also after a sleep in which nothing ticked', () => {
  const { talk, pass } = clock()
  pass(30)
  talk.arrive(1)
  talk.arrive(1)
  pass(3600)
  expect(talk.seconds).toBe(3630)
  expect(talk.stateSeconds).toBe(3600)
})

test('a pause is left out of both', () => {
  const { talk, pass } = clock()
  pass(10)
  talk.togglePause()
  pass(100)
  expect(talk.seconds).toBe(10)
  talk.arrive(1)
  pass(5)
  talk.togglePause()
  pass(2)
  expect(talk.seconds).toBe(12)
  expect(talk.stateSeconds).toBe(2)
})

test('a talk is on time within half a minute, and then so much over', () => {
  expect(planText(90, 60)).toEqual({ text: 'on time', late: false })
  expect(planText(130, 60)).toEqual({ text: '1:10 over', late: true })
  expect(planText(10, 60)).toEqual({ text: 'on time', late: false })
})
