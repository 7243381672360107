import { expect, test } from 'vitest'
import { isolatedTrial } from '../../src/host/isolated-trial'
import type { EngineProcess } from '../../src/contract/engine-process'

const request = { provider: 'webgpu', path: null }
const trial = { provider: 'webgpu', maxDifference: 1e-6, liveMs: 2, sweepSums: 256, sumsPerSecond: 900 }

/** A process that does `react` when it is asked, and counts how often it was ended. */
function fakeProcess(react: (say: (message: unknown) => void, die: (reason: string) => void) => void): {
  process: EngineProcess
  ended: () => number
} {
  let [say, die, kills] = [(_: unknown): void => {}, (_: string): void => {}, 0]
  const port = {
    post: () => {
      react(say, die)
    },
    on: (listener: (message: unknown) => void) => (say = listener),
    onClose: (listener: (reason: string) => void) => (die = listener),
  }
  return { process: { pid: 1, port, kill: () => kills++ }, ended: () => kills }
}

test("a trial's answer is returned and its process ended", async () => {
  const { process, ended } = fakeProcess((say) => {
    say(trial)
  })
  expect(await isolatedTrial(process, request)).toEqual(trial)
  expect(ended()).toBe(1)
})

test('a process that dies has failed, with the reason', async () => {
  const { process } = fakeProcess((_, die) => {
    die('its process was ended by SIGSEGV')
  })
  expect(await isolatedTrial(process, request)).toEqual({
    provider: 'webgpu',
    failure: 'its process was ended by SIGSEGV',
  })
})

test('a process that never answers has failed and is ended', async () => {
  const { process, ended } = fakeProcess(() => {})
  expect(await isolatedTrial(process, request, 5)).toMatchObject({
    failure: 'its trial took longer than 0.005 seconds',
  })
  expect(ended()).toBe(1)
})

test('an answer of another form is a failure', async () => {
  const { process } = fakeProcess((say) => {
    say({ provider: 'webgpu', liveMs: 'fast' })
  })
  expect(await isolatedTrial(process, request)).toHaveProperty('failure')
})
