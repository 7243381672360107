import { mkdtempSync, rmSync } from 'node:fs'
import { availableParallelism, tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, expect, test } from 'vitest'
import { forkEngine } from '../../src/engine/fork'
import { poolSize } from '../../src/host/pool-size'
import { superviseEngine } from '../../src/host/supervisor'
import { root } from '../support/installed'
import { connectPage, startServe } from '../support/serve-client'
import { unwatched } from '../../src/contract/unwatched'
import { mutatedFiles } from './files'
import { killedProcesses } from './kills'
import { malformedConnections, malformedMessages } from './messages'
import { killedEvaluations, killedTrainings } from './resumes'
import { killedServedRuns } from './served-runs'
import { rowOf, tableHead, type Tally } from './tally'

const seed = 20261129
const engineEntry = process.env['CARRYSCOPE_ENGINE'] ?? `${root}/out/main/engine.js`
const tallies: Tally[] = []

afterAll(() => {
  console.log(`\n${tableHead}\n${tallies.map(rowOf).join('\n')}\n`)
})

function judge(some: readonly Tally[]): void {
  tallies.push(...some)
  for (const { attack, tried, wrong, lost, crashed } of some)
    expect({ attack, tried: tried > 0, wrong, lost, crashed }).toEqual({
      attack,
      tried: true,
      wrong: 0,
      lost: 0,
      crashed: 0,
    })
}

test('10,000 malformed messages and frames', async () => {
  const serve = await startServe()
  const before = connectPage(serve.url)
  const { pid } = await before.engine.call('status', {})
  before.socket().terminate()
  const some = [await malformedMessages(serve.url, 8000, seed), await malformedConnections(serve.url, 2000, seed)]
  const after = connectPage(serve.url)
  const ended = serve.process.exitCode !== null || (await after.engine.call('status', {})).pid !== pid
  if (ended) some[0]!.crashed++
  after.socket().terminate()
  await serve.stop()
  judge(some)
}, 600_000)

test('60 kills of live and pool processes', async () => {
  const supervise = () =>
    superviseEngine(
      (role) => forkEngine(engineEntry, { role }),
      () => {},
      poolSize(availableParallelism()),
    )
  const [engine, reference] = [supervise(), supervise()]
  const source = { path: `${root}/models/sum-4digit` }
  for (const { handlers } of [engine, reference]) await handlers.openModel({ source }, unwatched)
  judge(await killedProcesses(engine, reference, 60))
  for (const one of [engine, reference]) one.close()
}, 600_000)

test('20 kills of a training, whose whole process group ends, 20 of one in a window, and 10 of an evaluation', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'carryscope-soak-'))
  judge([
    await killedTrainings(folder, 20, seed),
    await killedServedRuns(folder, 20, seed),
    await killedEvaluations(folder, 10, seed),
  ])
  rmSync(folder, { recursive: true })
}, 1_800_000)

test('3,000 mutated files of each format', () => {
  judge(mutatedFiles(3000, seed))
}, 600_000)
