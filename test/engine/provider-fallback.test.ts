import { existsSync } from 'node:fs'
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
const sweep = { id: 'head-ablation', params: { dataset: { size: 50, seed: 1 } } }
const question = { sum: { a: 2968, b: 1606 }, interventions: [] }

let supervisor: Supervisor | undefined
afterEach(() => {
  supervisor?.close()
})
afterAll(() => {
  folder.remove()
})

built('providers that do not start: everything is answered as the CPU answers it (needs the build)', async () => {
  const notices: string[] = []
  const started = superviseEngine(
    (role) => forkEngine(entry, { role, quiet: true }),
    (sentence) => notices.push(sentence),
    2,
  )
  supervisor = started
  const { handlers } = started
  await handlers.openModel(source, unwatched)
  await started.useProviders({ live: 'nonesuch', sweep: 'nonesuch' })
  expect(notices).toEqual([
    expect.stringMatching(/^The execution provider "nonesuch" failed: .+\. What was used before goes on\.$/),
  ])
  const alone = createEngine()
  await alone.openModel(source, unwatched)
  const { engineMs: _, ...expected } = await alone.explore(question, unwatched)
  expect(await handlers.explore(question, unwatched)).toMatchObject(expected)
  expect(await handlers.analyze(sweep, unwatched)).toEqual(await alone.analyze(sweep, unwatched))
  expect(notices[1]).toMatch(/"nonesuch" failed: .+ Sweeps go on on the CPU; nothing you did is lost\.$/)
  expect(started.providers).toEqual({ live: 'cpu', sweep: 'cpu' })
  await expect(handlers.status({}, unwatched)).resolves.toMatchObject({ provider: 'cpu' })
})
