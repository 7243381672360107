import { fork } from 'node:child_process'
import { once } from 'node:events'
import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, afterEach, expect, test } from 'vitest'
import { forkEngine } from '../../src/engine/fork'
import { createEngine } from '../../src/engine/handlers'
import { longestSilence, RestartingEngine } from '../../src/host/restarting-engine'
import { superviseEngine, type Supervisor } from '../../src/host/supervisor'
import { randomModelFolder } from '../support/model-folder'
import { unwatched } from '../../src/contract/unwatched'

const entry = join(import.meta.dirname, '../../out/main/engine.js')
const built = test.skipIf(!existsSync(entry))
const folder = randomModelFolder()
const source = { source: { path: folder.path } }
const question = { sum: { a: 2968, b: 1606 }, interventions: [] }

let supervisor: Supervisor | undefined
afterEach(() => {
  supervisor?.close()
})
afterAll(() => {
  folder.remove()
})

function supervise() {
  const notices: string[] = []
  supervisor = superviseEngine(
    () => forkEngine(entry),
    (sentence) => notices.push(sentence),
  )
  return { ...supervisor, pid: () => supervisor!.pid!, notices }
}

built('explore over a child process gives what it gives in this one (needs the build)', async () => {
  const { handlers } = supervise()
  const here = createEngine()
  const preview = [{ site: 'v', layer: 1, head: 0, positions: 'all', mode: 'mean' }] as const
  const views = []
  for (const engine of [handlers, here]) {
    await engine.openModel(source, unwatched)
    const { engineMs, ...view } = await engine.explore({ ...question, preview: [...preview] }, unwatched)
    expect(engineMs).toBeGreaterThan(0)
    views.push(view)
  }
  expect(views[0]).toEqual(views[1])
})

built('killed while it computes, the engine is back and the call is answered (needs the build)', async () => {
  const { handlers, notices, pid } = supervise()
  await handlers.openModel(source, unwatched)
  const first = pid()
  const asked = handlers.explore(question, unwatched)
  process.kill(first, 'SIGKILL')
  await expect(asked).resolves.toHaveProperty('clean')
  expect(pid()).not.toBe(first)
  await expect(handlers.status({}, unwatched)).resolves.toMatchObject({ model: { path: folder.path } })
  expect(notices).toEqual([
    'The engine stopped (its process was ended by SIGKILL) and is started again; nothing you did is lost.',
  ])
})

built('killed in a sweep, the sweep fails with one sentence and the next one works (needs the build)', async () => {
  const { handlers, pid } = supervise()
  await handlers.openModel(source, unwatched)
  const sweep = { id: 'performance', params: { dataset: { size: 200_000, seed: 1 } } }
  const watched = { ...unwatched, progress: () => process.kill(pid(), 'SIGKILL') }
  await expect(handlers.analyze(sweep, watched)).rejects.toMatchObject({ code: 'engine-died' })
  const small = { id: 'performance', params: { dataset: { size: 10, seed: 1 } } }
  await expect(handlers.analyze(small, unwatched)).resolves.toMatchObject({ n: 10 })
})

built('a process whose parent hangs up ends by itself (needs the build)', async () => {
  const child = fork(entry, [], { serialization: 'advanced' })
  const ended = once(child, 'exit')
  child.disconnect()
  await expect(ended).resolves.toEqual([0, null])
})

built('one that hangs is given up, and the next call is answered by another (needs the build)', async () => {
  const deaths: string[] = []
  const told = { death: (reason: string) => deaths.push(reason), lostModel: () => {} }
  const engine = new RestartingEngine(() => forkEngine(entry), told, { ...longestSilence, explore: 700 })
  try {
    await engine.call('openModel', source, unwatched)
    await engine.call('explore', question, unwatched)
    const first = engine.pid!
    process.kill(first, 'SIGSTOP')
    await expect(engine.call('explore', question, unwatched)).rejects.toMatchObject({ code: 'engine-died' })
    expect(deaths).toEqual(['it had not answered for 0.7 seconds'])
    await expect(engine.call('status', {}, unwatched)).resolves.toMatchObject({ model: { path: folder.path } })
    expect(engine.pid).not.toBe(first)
    expect(() => process.kill(first, 0)).toThrow('ESRCH')
  } finally {
    engine.close()
  }
})
