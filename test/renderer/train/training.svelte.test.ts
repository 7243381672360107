// @vitest-environment jsdom
import { expect, test } from 'vitest'
import type { EngineClient, MethodParams } from '../../../src/contract/contract'
import { EngineFailure } from '../../../src/contract/failure'
import { Film } from '../../../src/renderer/state/film.svelte'
import { Training } from '../../../src/renderer/state/training.svelte'
import { FakeEngine } from '../../support/fake-engine'
import { fakeRun } from '../../support/fake-run'

test('a run on screen is still followed after one asked for in vain took the place of another', async () => {
  const running = { path: '/runs/run-1', state: 'running', step: 100, steps: 400, checkpoint: 100 } as const
  let tell!: (report: unknown) => void
  let supersede!: () => void
  const readRun = ({ path }: MethodParams<'readRun'>) => {
    if (path === '/runs/run-1') return Promise.resolve(fakeRun([0, 100]))
    if (path === '/none') return Promise.reject(new EngineFailure('bad-input', 'There is nothing at "/none".'))
    return new Promise((_, reject) => {
      supersede = () => reject(new EngineFailure('superseded', 'A newer call took its place.'))
    })
  }
  const call = (method: string, params: unknown, { onProgress }: { onProgress?: (report: unknown) => void } = {}) => {
    if (method === 'readRun') return readRun(params as MethodParams<'readRun'>)
    tell = onProgress!
    return new Promise(() => {})
  }
  const training = new Training({ call } as unknown as EngineClient)
  await training.show('/runs/run-1')
  const slow = training.show('/slow')
  const none = training.show('/none')
  supersede()
  expect(await Promise.all([slow, none])).toEqual([false, false])
  tell({ done: 100, total: 400, run: { ...running, secondsLeft: null, sentence: null } })
  expect(training.progress).toMatchObject({ state: 'running', step: 100 })
  expect(training.failure).toBe('There is nothing at "/none".')
})

test('another speed leaves a film that has just come to its end there', () => {
  const film = new Film(new FakeEngine(), () => ({ record: fakeRun(), running: false }))
  film.togglePlay()
  film.goToPlace(3)
  film.speed = 10
  expect([film.index, film.playing]).toEqual([3, true])
  film.stop()
  film.togglePlay()
  expect(film.index).toBe(0)
  film.stop()
})
