// @vitest-environment jsdom
import { afterEach, expect, test, vi } from 'vitest'
import { Application } from '../../../src/renderer/state/application.svelte'
import { shippedDecks } from '../../../src/renderer/decks/shipped-decks'
import { Scenes } from '../../../src/renderer/decks/scenes.svelte'
import { FakeEngine, fakeBridge } from '../../support/fake-engine'

afterEach(() => {
  vi.unstubAllGlobals()
  vi.useRealTimers()
})

test.each(shippedDecks)('$title is computed ahead in a window that gets no frames', async ({ read }) => {
  vi.stubGlobal('requestAnimationFrame', () => 0)
  const application = new Application(new FakeEngine(), fakeBridge(null))
  await application.start()
  vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] })
  const { states } = read()
  let scenes!: Scenes
  const stop = $effect.root(() => {
    scenes = new Scenes(application.explorer!)
    scenes.watch(() => ({ states, atOnce: 1 }))
  })
  try {
    // Nothing of it stands on a page: whatever its panels show is asked all the same.
    await vi.advanceTimersByTimeAsync(20_000)
    expect(states.map((state) => scenes.of(state)?.ready)).toEqual(states.map(() => true))
  } finally {
    stop()
  }
})
