import { existsSync } from 'node:fs'
import { getPriority } from 'node:os'
import { join } from 'node:path'
import { afterAll, afterEach, expect, test } from 'vitest'
import { forkEngine } from '../../src/engine/fork'
import { createEngine } from '../../src/engine/handlers'
import { superviseEngine, type Supervisor } from '../../src/host/supervisor'
import { randomModelFolder } from '../support/model-folder'
import { unwatched } from '../../src/contract/unwatched'

const entry = join(import.meta.dirname, '../../out/main/engine.js')
const built = test.skipIf(!existsSync(entry))
const folder = randomModelFolder()
const source = { source: { path: folder.path } }
const sweep = { id: 'qkv-ablation', params: { dataset: { size: 4000, seed: 1 } } }
const small = { id: 'performance', params: { dataset: { size: 20, seed: 1 } } }

let supervisor: Supervisor | undefined
afterEach(() => {
  supervisor?.close()
})
afterAll(() => {
  folder.remove()
})

async function opened(poolSize = 2) {
  const notices: string[] = []
  const spawn = (role: 'live' | 'pool') => forkEngine(entry, { role })
  const started = superviseEngine(spawn, (sentence) => notices.push(sentence), poolSize)
  supervisor = started
  await started.handlers.openModel(source, unwatched)
  return { handlers: started.handlers, pids: () => started.poolPids, pid: () => started.pid, notices }
}

built('two processes share a sweep and come to what one finds alone (needs the build)', async () => {
  const { handlers, pids, pid } = await opened()
  const question = { id: 'qkv-ablation', params: { dataset: { size: 300, seed: 1 } } }
  const shared = await handlers.analyze(question, unwatched)
  const alone = createEngine()
  await alone.openModel(source, unwatched)
  expect(shared).toEqual(await alone.analyze(question, unwatched))
  expect(pids()).toHaveLength(2)
  for (const one of pids()) expect(getPriority(one)).toBeGreaterThan(getPriority(pid()))
})

built('keystrokes are answered while a sweep runs in the pool (needs the build)', async () => {
  const { handlers } = await opened()
  const log: string[] = []
  const ended = handlers.analyze(sweep, unwatched).then(() => log.push('swept'))
  for (let a = 0; a < 20; a++) {
    await handlers.explore({ sum: { a, b: 1 }, interventions: [] }, unwatched)
    log.push('explored')
  }
  await ended
  expect(log.indexOf('swept')).toBe(20)
})

built(
  'after a cancelled sweep the pool takes up the next job without finishing the first (needs the build)',
  async () => {
    const { handlers } = await opened()
    const controller = new AbortController()
    const endless = { id: 'qkv-ablation', params: { dataset: { size: 200_000, seed: 1 } } }
    setTimeout(() => {
      controller.abort()
    }, 300)
    const call = handlers.analyze(endless, { ...unwatched, signal: controller.signal })
    await expect(call).rejects.toMatchObject({ code: 'cancelled' })
    await expect(handlers.analyze(small, unwatched)).resolves.toMatchObject({ n: 20 })
  },
)

built(
  'a pool process killed in a sweep is replaced, and the sweep still comes out right (needs the build)',
  async () => {
    const { handlers, pids, notices } = await opened()
    const undisturbed = await handlers.analyze(sweep, unwatched)
    const other = { ...sweep, params: { ...sweep.params, meanOver: 'all' as const } }
    const first = pids()[0]!
    let killed = false
    const progress = () => {
      if (!killed) process.kill(first, 'SIGKILL')
      killed = true
    }
    const result = await handlers.analyze(other, { ...unwatched, progress })
    expect(killed).toBe(true)
    expect(result['lossDiff']).toEqual(undisturbed['lossDiff'])
    expect(pids()).not.toContain(first)
    await expect(handlers.analyze(small, unwatched)).resolves.toMatchObject({ n: 20 })
    expect(notices).toEqual([])
  },
)
