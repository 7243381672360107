import { chmodSync, mkdtempSync, readFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeEach, afterEach, expect, test } from 'vitest'
import type { JobAnswer, JobRequest } from '../../../src/contract/exhaustive-job'
import type { EverySum } from '../../../src/contract/exhaustive'
import { plainWay } from '../../../src/engine/exhaustive/chunk-evaluator'
import { evaluateExhaustively } from '../../../src/engine/exhaustive/evaluate-exhaustively'
import { runJob } from '../../../src/engine/exhaustive/shard-job'
import { startEvaluator } from '../../../src/engine/exhaustive/start-evaluator'
import { loadModel } from '../../../src/engine/load-model'
import { randomModelFolder } from '../../support/model-folder'

const small = { numDigits: 3, n_layers: 1, n_heads: 1, d_model: 6, d_head: 3 }
const model = randomModelFolder(small)
const other = randomModelFolder({ ...small, n_heads: 2 })
afterAll(() => {
  model.remove()
  other.remove()
})

let folder: string
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'evaluations-'))
})
afterEach(() => {
  rmSync(folder, { recursive: true })
})

const request = (change: Partial<JobRequest> = {}): JobRequest => ({
  model: { source: { path: model.path } },
  interventions: [],
  action: 'run',
  folder,
  shard: { index: 1, count: 1 },
  ...change,
})

/** All that a job says; it breaks off, as if killed, after `most` answers. */
async function answersOf(asked: JobRequest, most = Infinity): Promise<Extract<JobAnswer, { kind: 'part' }>[]> {
  const answers: Extract<JobAnswer, { kind: 'part' }>[] = []
  const killed = new Error('killed')
  await runJob(asked, (answer) => {
    if (answer.kind === 'part') answers.push(answer)
    if (answers.length >= most) throw killed
  }).catch((error: unknown) => {
    if (error !== killed) throw error
  })
  return answers
}

/** What must be the same however the work was cut. */
const counts = ({ n, wrong, smallestMargin, weakest, marginHistogram, byPrefix, wrongSums }: EverySum) => ({
  n,
  wrong,
  smallestMargin,
  weakest,
  marginHistogram,
  cells: byPrefix.marginMin.data,
  listed: Array.from(wrongSums.a, (a, index) => [a, wrongSums.b[index]]),
})

test('a part fills from nothing to all sums, and says then what the command line says', async () => {
  const answers = await answersOf(request())
  expect(answers[0]).toMatchObject({ evaluation: null, total: 250_000, finished: false })
  expect(answers.at(-1)).toMatchObject({ finished: true })
  const { evaluation } = answers.at(-1)!
  const { model: loaded } = await loadModel({ source: { path: model.path } }, { checksAdding: false })
  const whole = await evaluateExhaustively({
    model: loaded,
    way: plainWay,
    shard: { index: 1, count: 1 },
    processes: 1,
    start: () => startEvaluator(loaded, plainWay),
    progress: () => {},
  })
  expect(evaluation!.n).toBe(whole.n)
  expect(evaluation!.wrong).toBe(whole.wrong)
  expect(evaluation!.weakest).toEqual(whole.weakest)
  expect(evaluation!.marginHistogram).toEqual(whole.marginHistogram)
  expect(evaluation!.byPrefix.wrong.data).toEqual(whole.byPrefix.wrong.data)
})

test('what was killed again and again goes on from what it kept, to the same counts', async () => {
  const [, begun] = await answersOf(request(), 2)
  expect(begun!.evaluation!.n).toBeGreaterThan(0)
  for (let kill = 0; kill < 3; kill++) await answersOf(request(), 3)
  const killed = (await answersOf(request())).at(-1)!
  rmSync(folder, { recursive: true })
  const whole = (await answersOf(request())).at(-1)!
  expect(counts(killed.evaluation!)).toEqual(counts(whole.evaluation!))
})

test('what is kept is told at once, of all parts together, and evaluated again only if that is asked', async () => {
  for (const index of [1, 2]) await answersOf(request({ shard: { index, count: 2 } }))
  const shard = { index: 1, count: 2 }
  expect(await answersOf(request({ action: 'look', shard }))).toMatchObject([
    { finished: true, evaluation: { n: 250_000 } },
  ])
  expect(await answersOf(request({ shard }))).toHaveLength(1)
  expect((await answersOf(request({ action: 'again', shard })))[0]).toMatchObject({ evaluation: null })
})

test('another model, other interventions and a file that is none are as good as nothing kept', async () => {
  await answersOf(request())
  const look = async (change: Partial<JobRequest>) => (await answersOf(request({ action: 'look', ...change })))[0]!
  const ablated = { site: 'result', layer: 0, head: 0, positions: 'all', mode: 'mean' } as const
  expect((await look({})).evaluation!.n).toBe(250_000)
  expect((await look({ model: { source: { path: other.path } } })).evaluation).toBeNull()
  expect((await look({ interventions: [ablated] })).evaluation).toBeNull()
  const [place] = readdirSync(folder)
  const path = join(folder, place!, '1-of-1.json')
  // The very file of another question, put in this one's place.
  const foreign = JSON.parse(readFileSync(path, 'utf8')) as object
  writeFileSync(path, JSON.stringify({ ...foreign, question: 'another' }))
  expect((await look({})).evaluation).toBeNull()
  writeFileSync(path, 'no JSON')
  expect((await look({})).evaluation).toBeNull()
})

test('where nothing can be kept, one sentence says so', async () => {
  const file = join(folder, 'file')
  writeFileSync(file, '')
  await expect(runJob(request({ folder: file }), () => {})).rejects.toThrow(
    /What is evaluated cannot be kept in ".*" \(.*\): make room there, or allow writing, then run again\.$/,
  )
  chmodSync(file, 0o600)
})
