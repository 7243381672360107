// @vitest-environment jsdom
import { cleanup, render } from '@testing-library/svelte'
import { afterEach, expect, test } from 'vitest'
import { inTurn } from '../../src/renderer/parts/in-turn'
import Home from '../../src/renderer/shell/Home.svelte'
import ThreeSlots from '../support/ThreeSlots.svelte'
import { until } from '../support/patience'

afterEach(cleanup)

const panels = () => [...document.querySelectorAll('p')].map(({ textContent }) => textContent)

test('the panels of a workspace are made in a task each, in their order, and are all there before what is asked for after them', async () => {
  render(Home, { workspace: 'failures', part: ThreeSlots })
  expect(panels()).toEqual([])
  const seen: string[][] = []
  const observer = new MutationObserver(() => {
    if (panels().length > (seen.at(-1)?.length ?? 0)) seen.push(panels())
  })
  observer.observe(document.body, { childList: true, subtree: true })
  let after: unknown[] = []
  inTurn(() => (after = panels()))
  await until(() => expect(after).toEqual(['first', 'second', 'third']))
  observer.disconnect()
  expect(seen).toEqual([['first'], ['first', 'second'], ['first', 'second', 'third']])
})

test('those of Explore are there at once', () => {
  render(Home, { workspace: 'explore', part: ThreeSlots })
  expect(panels()).toEqual(['first', 'second', 'third'])
})

test('a workspace that is left before its panels are made has none made', async () => {
  const { unmount } = render(Home, { workspace: 'failures', part: ThreeSlots })
  unmount()
  let after: unknown[] | null = null
  inTurn(() => (after = panels()))
  await until(() => expect(after).toEqual([]))
})
