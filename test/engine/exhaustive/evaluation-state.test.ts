import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { publishedLayout } from '../../../src/core/task-layout'
import { histogramBins } from '../../../src/model/exhaustive/margins'
import { EvaluationState } from '../../../src/engine/exhaustive/evaluation-state'

let folder: string
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'evaluation-state-'))
})
afterEach(() => {
  rmSync(folder, { recursive: true })
})

const task = {
  sha256: 'a',
  layout: publishedLayout(4),
  decoding: 'teacher-forced',
  interventions: ['H0.1:q:mean'],
  computedBy: 'kernel 3',
  shard: { index: 1, count: 1 },
  chunkSize: 1,
} as const
const chunks = [10, 10, 10]
const marginHistogram = Array.from({ length: histogramBins }, (_, bin) => (bin === 36 ? 1 : bin === 50 ? 9 : 0))
const score = { n: 10, wrong: 1, loss: 0.5, marginMin: -1, marginMedian: 2.6, marginHistogram }
const prefixes = (count: number) => ({
  dims: ['prefixA', 'prefixB'],
  shape: [1, 1],
  data: [count],
  labels: { prefixA: ['0'], prefixB: ['0'] },
  unit: 'sums',
})
const evaluation = {
  ...{
    n: 10,
    wrong: 1,
    exactMatch: 0.9,
    loss: 0.5,
    lossPerDigit: [0.5, 0.5],
    wrongPerDigit: [1, 0],
    smallestMargin: -1,
  },
  patterns: { KK: score },
  wrongSums: [{ a: 1, b: 2, predicted: '04', margin: -1 }],
  cpuSeconds: 1,
  marginHistogram,
  byPrefix: { n: prefixes(10), wrong: prefixes(1), marginMin: { ...prefixes(-1), unit: 'logits' } },
  weakest: [{ a: 1, b: 2, digit: 1, margin: -1, runnerUp: 4 }],
  plain: { sums: 1, cpuSeconds: 1, largestMarginDifference: 0 },
}
const open = (state: object) => {
  const path = join(folder, 'state.json')
  writeFileSync(path, JSON.stringify(state))
  return EvaluationState.open(task, chunks, path)
}

test('what was finished is taken up', async () => {
  const state = await open({ task, finished: [1], evaluation })
  expect([0, 1, 2].map((chunk) => state.isFinished(chunk))).toEqual([false, true, false])
  state.close()
})

test.each([
  ['a chunk twice', { finished: [1, 1], evaluation }, 'its chunks have others'],
  ['a chunk that is none', { finished: [7], evaluation }, 'its chunks have others'],
  ['chunks without an evaluation', { finished: [0], evaluation: null }, 'its chunks have others'],
  ['an evaluation of more sums', { finished: [0, 1], evaluation }, 'its chunks have others'],
  ['more wrong than sums', { finished: [0], evaluation: { ...evaluation, wrong: 11 } }, 'is not the state'],
  ['a share that is none', { finished: [0], evaluation: { ...evaluation, exactMatch: 0.5 } }, 'is not the state'],
  ['patterns of other sums', { finished: [0], evaluation: { ...evaluation, patterns: {} } }, 'is not the state'],
])('%s is refused', async (_, state, fault) => {
  await expect(open({ task, ...state })).rejects.toThrow(fault)
})

test.each([
  [
    'another model',
    { sha256: 'b' },
    'belongs to another evaluation (model b, shard 1/1, teacher-forced, under 1 interventions)',
  ],
  ['other interventions', { interventions: ['H0.1:q:zero'] }, 'belongs to another evaluation'],
  ['another layout', { layout: publishedLayout(3) }, 'belongs to another evaluation'],
  ['another way to compute', { computedBy: 'graph 2' }, 'was begun by "graph 2", but this run computes by "kernel 3"'],
])('the state of %s is refused', async (_, change, fault) => {
  await expect(open({ task: { ...task, ...change }, finished: [1], evaluation })).rejects.toThrow(fault)
})
