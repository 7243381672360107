import { mkdtemp, readFile, readdir, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { evaluateExhaustively } from '../../../src/engine/exhaustive/evaluate-exhaustively'
import { evaluateSums } from '../../../src/engine/exhaustive/evaluate-sums'
import { type ChunkEvaluator, plainWay } from '../../../src/engine/exhaustive/chunk-evaluator'
import { GroupEvaluator } from '../../../src/engine/exhaustive/group-evaluator'
import { type Evaluation, mergeMeasured } from '../../../src/model/exhaustive/evaluation'
import { randomModel, smallConfig } from '../../support/random-model'

const model = randomModel(smallConfig({ numDigits: 2, n_heads: 2, d_model: 6, d_head: 3 }))
const longer = randomModel(smallConfig({ numDigits: 3, n_layers: 1, n_heads: 1, d_model: 6, d_head: 3 }))
let folder: string
let statePath: string

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'evaluation-'))
  statePath = join(folder, 'state.json')
})
afterEach(async () => rm(folder, { recursive: true }))

const whole = { index: 1, count: 1 }
const options = (of = model) => ({
  model: of,
  shard: whole,
  way: plainWay,
  start: () => GroupEvaluator.create(of, 'teacher-forced'),
  processes: 2,
  progress: () => {},
})

/** Equal but for rounding and for what was measured. */
function expectSame(one: Evaluation, other: Evaluation): void {
  expect({
    ...one,
    loss: 0,
    lossPerDigit: [],
    patterns: 0,
    wrongSums: [],
    weakest: [],
    marginHistogram: [],
    byPrefix: 0,
    cpuSeconds: 0,
    plain: 0,
    smallestMargin: 0,
  }).toEqual({
    ...other,
    loss: 0,
    lossPerDigit: [],
    patterns: 0,
    wrongSums: [],
    weakest: [],
    marginHistogram: [],
    byPrefix: 0,
    cpuSeconds: 0,
    plain: 0,
    smallestMargin: 0,
  })
  expect(one.loss).toBeCloseTo(other.loss, 5)
  expect(one.smallestMargin).toBeCloseTo(other.smallestMargin, 3)
  expect(one.byPrefix.n).toEqual(other.byPrefix.n)
  expect(one.byPrefix.wrong).toEqual(other.byPrefix.wrong)
  expect(one.weakest).toHaveLength(other.weakest.length)
  for (const [index, { margin }] of one.weakest.entries())
    expect(Math.abs(margin - other.weakest[index]!.margin)).toBeLessThan(1e-3)
  expect(one.wrongSums.map(({ a, b, predicted }) => [a, b, predicted])).toEqual(
    other.wrongSums.map(({ a, b, predicted }) => [a, b, predicted]),
  )
}

test('every sum of two digits fares as in the oracle', async () => {
  const sums = Array.from({ length: 2500 }, (_, index) => ({ a: Math.floor(index / 50), b: index % 50 }))
  const expected = await evaluateSums(model, sums, 'teacher-forced', () => {})
  expect(expected.n).toBe(2500)
  expectSame(await evaluateExhaustively(options()), expected)
})

test('shards merge to the whole', async () => {
  const shards = await Promise.all(
    [1, 2, 3].map((index) => evaluateExhaustively({ ...options(), shard: { index, count: 3 } })),
  )
  expectSame(mergeMeasured(shards), await evaluateExhaustively(options()))
})

test('a run that died goes on from its state file and comes to the same', async () => {
  let chunks = 0
  const dying = async (): Promise<ChunkEvaluator> => {
    const evaluator = await GroupEvaluator.create(longer, 'teacher-forced')
    const evaluate: ChunkEvaluator['evaluate'] = async (groups) => {
      if (++chunks > 3) throw new Error('killed')
      return evaluator.evaluate(groups)
    }
    return { evaluate, release: () => evaluator.release() }
  }
  const shard = { index: 2, count: 20 }
  const interrupted = evaluateExhaustively({ ...options(longer), shard, start: dying, processes: 1, statePath })
  await expect(interrupted).rejects.toThrow('killed')

  let evaluated = 0
  const counting = async (): Promise<ChunkEvaluator> => {
    const evaluator = await GroupEvaluator.create(longer, 'teacher-forced')
    return {
      evaluate: async (groups) => {
        evaluated++
        return evaluator.evaluate(groups)
      },
      release: () => evaluator.release(),
    }
  }
  const resumed = await evaluateExhaustively({ ...options(longer), shard, start: counting, statePath })
  expect(resumed.n).toBe(12_500)
  expect(evaluated).toBe(7)
  expectSame(resumed, await evaluateExhaustively({ ...options(longer), shard }))
})

test('a run that is stopped tells what it has, and goes on from there to the same', async () => {
  const told: number[] = []
  const shard = { index: 2, count: 20 }
  const stop = new AbortController()
  const stopped = evaluateExhaustively({
    ...options(longer),
    shard,
    statePath,
    processes: 1,
    signal: stop.signal,
    progress: (done, total, soFar) => {
      expect([soFar.n, total]).toEqual([done, 12_500])
      told.push(done)
      if (told.length === 4) stop.abort(new Error('paused'))
    },
  })
  await expect(stopped).rejects.toThrow('paused')
  const progress = (done: number) => told.push(done)
  const resumed = await evaluateExhaustively({ ...options(longer), shard, statePath, progress })
  expect(told[4]).toBe(told[3])
  expect(told.at(-1)).toBe(12_500)
  expectSame(resumed, await evaluateExhaustively({ ...options(longer), shard }))
})

test('the state of another evaluation, and what is no state, are refused and left as they are', async () => {
  await evaluateExhaustively({ ...options(), statePath })
  await expect(evaluateExhaustively({ ...options(), shard: { index: 1, count: 2 }, statePath })).rejects.toThrow(
    `The file "${statePath}" belongs to another evaluation (model 00000000, shard 1/1, teacher-forced); choose another with --state.`,
  )
  const other = join(folder, 'other.json')
  await writeFile(other, '[1]')
  await expect(evaluateExhaustively({ ...options(), statePath: other })).rejects.toThrow(
    `The file "${other}" is not the state of an evaluation, or of one that another version began; choose another with --state.`,
  )
  expect(await readFile(other, 'utf8')).toBe('[1]')
})

test('two runs on one state are refused: the first goes on', async () => {
  let second: Promise<unknown> | undefined
  const progress = () => {
    second ??= evaluateExhaustively({ ...options(), statePath }).catch((error: unknown) => error)
  }
  const first = await evaluateExhaustively({ ...options(), statePath, progress })
  expect(first.n).toBe(2500)
  expect(String(await second)).toMatch(
    /^BadInput: The state ".*state\.json" is in use by another run \(process \d+ on .+\): wait for it, or choose another with --state\.$/,
  )
  expect(await readdir(folder)).toEqual(['state.json'])
})

test.each([
  ['a folder', () => folder, 'it is a folder'],
  ['a device', () => '/dev/null', 'it is no file'],
  ['in a folder that is not there', () => join(folder, 'no/state.json'), 'it, or its folder, is not there'],
])('a state that is %s is refused before any work', async (_, path, reason) => {
  const start = () => Promise.reject(new Error('work was done'))
  await expect(evaluateExhaustively({ ...options(), statePath: path(), start })).rejects.toThrow(
    `The state "${path()}" cannot be kept (${reason}); choose another with --state.`,
  )
})
