import { setTimeout as pause } from 'node:timers/promises'
import { expect, test } from 'vitest'
import { Scheduler } from '../../src/engine/scheduler'
import type { Priority } from '../../src/contract/contract'

const never = new AbortController().signal

/** Starts a job of `chunks` chunks, each of which notes its name in the log. */
function start(scheduler: Scheduler, log: string[], name: string, priority: Priority, chunks: number, signal = never) {
  return scheduler.run(priority, signal, async (turn) => {
    for (let chunk = 0; chunk < chunks; chunk++) {
      await turn()
      log.push(name)
    }
    return name
  })
}

/** Lets the jobs run until the log has this many entries. */
async function until(log: string[], length: number) {
  while (log.length < length) await new Promise((resolve) => setImmediate(resolve))
}

test('a live job that arrives during a sweep runs before its next chunk but one, and the sweep then goes on', async () => {
  const scheduler = new Scheduler()
  const log: string[] = []
  const sweep = start(scheduler, log, 'sweep', 'sweep', 20)
  await until(log, 5)
  const before = log.length
  await start(scheduler, log, 'live', 'live', 1)
  expect(log.indexOf('live') - before).toBeLessThanOrEqual(1)
  await sweep
  expect(log.filter((name) => name === 'sweep')).toHaveLength(20)
})

test('live overtakes single overtakes sweep overtakes background, and equals keep their order', async () => {
  const scheduler = new Scheduler()
  const log: string[] = []
  await Promise.all([
    start(scheduler, log, 'background', 'background', 2),
    start(scheduler, log, 'first sweep', 'sweep', 2),
    start(scheduler, log, 'second sweep', 'sweep', 2),
    start(scheduler, log, 'single', 'single', 2),
    start(scheduler, log, 'live', 'live', 2),
  ])
  const order = [
    'live',
    'live',
    'single',
    'single',
    'first sweep',
    'first sweep',
    'second sweep',
    'second sweep',
    'background',
    'background',
  ]
  expect(log).toEqual(order)
})

test('a cancelled job throws its reason at its next turn and runs no further chunk', async () => {
  const scheduler = new Scheduler()
  const log: string[] = []
  const controller = new AbortController()
  const sweep = start(scheduler, log, 'sweep', 'sweep', 1000, controller.signal)
  await until(log, 3)
  controller.abort(new Error('enough'))
  const ran = log.length
  await expect(sweep).rejects.toThrow('enough')
  expect(log).toHaveLength(ran)
})

test('a job cancelled while it waits for a more urgent one does not wait on', async () => {
  const scheduler = new Scheduler()
  const controller = new AbortController()
  let finish = () => {}
  const live = scheduler.run('live', never, () => new Promise<void>((resolve) => (finish = resolve)))
  const waiting = start(scheduler, [], 'sweep', 'sweep', 1, controller.signal)
  await pause(1)
  controller.abort(new Error('enough'))
  await expect(waiting).rejects.toThrow('enough')
  finish()
  await live
})

test('a job that fails lets the next one run', async () => {
  const scheduler = new Scheduler()
  const failing = scheduler.run('sweep', never, () => Promise.reject(new Error('broken')))
  const next = start(scheduler, [], 'next', 'sweep', 1)
  await expect(failing).rejects.toThrow('broken')
  await expect(next).resolves.toBe('next')
})
