// @vitest-environment jsdom
import { flushSync } from 'svelte'
import { expect, test } from 'vitest'
import { Settled } from '../../../src/renderer/present/settled.svelte'
import { until } from '../../support/patience'

function talk() {
  let index = $state(0)
  let shown = $state(-1)
  let settled!: Settled
  const stop = $effect.root(() => {
    settled = new Settled(
      () => index,
      () => shown === index,
    )
  })
  flushSync()
  return { settled, stop, go: (to: number) => (index = to), show: (place: number) => (shown = place) }
}

test('a state settles after the frame that shows it', async () => {
  const { settled, stop, go, show } = talk()
  show(0)
  await until(() => expect(settled.index).toBe(0))
  go(1)
  show(1)
  flushSync()
  expect(settled.index).toBe(0)
  await until(() => expect(settled.index).toBe(1))
  stop()
})

test('a state that no window shows holds nothing up for ever', async () => {
  const { settled, stop, go } = talk()
  go(3)
  await until(() => expect(settled.index).toBe(3))
  stop()
})
