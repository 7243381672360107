import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import type { TextStore } from '../../src/core/text-store'
import type { EngineProcess } from '../../src/contract/engine-process'
import { unwatched } from '../../src/contract/unwatched'
import { RecentFiles } from '../../src/files/recent-files'
import { TrainingRuns } from '../../src/host/training-runs'
import { startEngine, type AppEngine } from '../../src/main/engine'
import { fakeOpened, fakeProcesses } from '../support/fake-processes'

const processes = vi.hoisted(() => ({ spawn: (): EngineProcess => Promise.reject(new Error('unset')) as never }))

vi.mock('electron', () => ({ app: { isPackaged: false } }))
vi.mock('../../src/main/engine-process', () => {
  const spawn = () => processes.spawn()
  return { spawnEngine: spawn, spawnTrial: spawn, spawnJob: spawn }
})

let engine: AppEngine | undefined
beforeEach(() => {
  // The time after the first model passes when a test says so; messages between processes take what they take.
  vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] })
})
afterEach(() => {
  engine?.close()
  vi.useRealTimers()
})

/** A file that tells what was written to it. */
function file(): TextStore & { readonly written: string[] } {
  const written: string[] = []
  return { written, read: () => null, write: (text) => void written.push(text) }
}

/** The app's engine with a model to begin with, and the list of recent files as it is written to the disk. */
function started(opens: () => Promise<void> = () => Promise.resolve()) {
  const recent = file()
  const notices: string[] = []
  const files = new RecentFiles(recent)
  const { spawn, calls } = fakeProcesses(() => ({
    openModel: async ({ source }) => {
      await opens()
      return { ...fakeOpened, path: (source as { path: string }).path }
    },
  }))
  processes.spawn = spawn
  const begun = { paths: [], add: () => undefined }
  const training = new TrainingRuns({ spawn, begun, bundled: () => [], place: () => '/runs/run-1' })
  const known = () => ({ recent: [], bundled: [] })
  engine = startEngine('/models/first', file(), known, '', training, {
    notice: (sentence) => notices.push(sentence),
    opened: ({ path }) => files.add(path!),
  })
  return { engine, recent, calls, notices }
}

test('the model that the app begins with is told of after its window had time to show its sum', async () => {
  const { engine, recent } = started()
  await engine.handlers.status({}, unwatched)
  await engine.handlers.explore({ sum: { a: 1, b: 2 }, interventions: [] }, unwatched)
  await vi.advanceTimersByTimeAsync(900)
  expect(recent.written).toEqual([])
  await vi.advanceTimersByTimeAsync(200)
  expect(recent.written).toEqual(['["/models/first"]'])
})

test('an app that ends before that has written it all the same, once', async () => {
  const { engine, recent } = started()
  await engine.handlers.status({}, unwatched)
  engine.close()
  await vi.advanceTimersByTimeAsync(2000)
  expect(recent.written).toEqual(['["/models/first"]'])
})

test('a model that is opened before that comes after it in the list, so before it in the menu', async () => {
  const { engine, recent } = started()
  await engine.handlers.status({}, unwatched)
  await engine.handlers.openModel({ source: { path: '/models/second' } }, unwatched)
  expect(recent.written.at(-1)).toBe('["/models/second","/models/first"]')
  await vi.advanceTimersByTimeAsync(2000)
  expect(recent.written).toHaveLength(2)
})

test('a model that cannot be opened is told of as a sentence, and is not in the list', async () => {
  const { engine, recent, notices } = started(() => Promise.reject(new Error('it is no model')))
  await engine.handlers.status({}, unwatched)
  expect(notices.join()).toContain('it is no model')
  await vi.advanceTimersByTimeAsync(2000)
  engine.close()
  expect(recent.written).toEqual([])
})
