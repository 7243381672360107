import { expect, test } from 'vitest'
import { analysisNamed } from '../../src/analyses/analysis-named'
import { overSteps } from '../../src/analyses/over-steps'
import { analyses, type AnalysisParams } from '../../src/analyses/registry'
import { tensor } from '../../src/core/tensor'
import { randomModel, smallConfig } from '../support/random-model'
import { runAnalysis, tensorIn } from '../support/run-analysis'

const named = (labels: readonly string[], data: readonly number[]) =>
  tensor(['site'], [labels.length], Float32Array.from(data), { labels: { site: labels }, unit: 'nats' })

test('each tensor has the steps before its own axes, and each number is a tensor over the steps', () => {
  const results = [1, 2].map((n) => ({
    loss: tensor(['digit', 'vocab'], [1, 2], Int32Array.of(n, 10 * n), { labels: { digit: ['C0'] } }),
    n,
    right: n === 2,
    best: `H0.${n}`,
    none: n === 1 ? null : 5,
  }))
  const { loss, n, right, best, none } = overSteps([0, 500], results)
  expect(loss).toEqual(
    tensor(['step', 'digit', 'vocab'], [2, 1, 2], Int32Array.of(1, 10, 2, 20), {
      labels: { step: ['0', '500'], digit: ['C0'] },
    }),
  )
  expect([...n.data, ...right.data]).toEqual([1, 2, 0, 1])
  expect(best).toEqual(['H0.1', 'H0.2'])
  expect([...none.data]).toEqual([NaN, 5])
})

test('entries that are named otherwise at other steps are put together by name', () => {
  const { worth } = overSteps([1, 2], [{ worth: named(['a', 'b'], [1, 2]) }, { worth: named(['c', 'a'], [3, 4]) }])
  expect(worth.labels).toEqual({ step: ['1', '2'], site: ['a', 'b', 'c'] })
  expect([...worth.data]).toEqual([1, 2, NaN, 4, NaN, 3])
  expect(worth.unit).toBe('nats')
})

test('what a step does not have is missing there, and texts that differ are a line for each step', () => {
  const long = tensor(['row'], [3], Int32Array.of(1, 2, 3))
  const short = tensor(['row'], [1], Int32Array.of(4))
  const { rows, same, other } = overSteps(
    [7, 9],
    [
      { rows: long, same: ['x'], other: ['1', '2'] },
      { rows: short, same: ['x'], other: [] },
    ],
  )
  expect([...rows.data]).toEqual([1, 2, 3, 4, NaN, NaN])
  expect([same, other]).toEqual([['x'], ['step 7: 1, 2', 'step 9: –']])
})

test('results of two analyses are refused', () => {
  const [one, other] = [tensor(['a'], [1], Float32Array.of(1)), tensor(['b'], [1], Float32Array.of(1))]
  expect(() => overSteps([1, 2], [{ x: one }, { x: other }] as never)).toThrow('other axes')
  expect(() => overSteps([1, 2], [{ x: one }, { x: 3 }] as never)).toThrow('something else')
})

const config = smallConfig({ n_heads: 2, numDigits: 2 })
const states = [1, 2].map((seed) => randomModel(config, seed))

/** What each analysis has to be told. */
function paramsOf(id: string, about: string): AnalysisParams {
  if (about === 'sum') return { sum: { a: 12, b: 34 } }
  if (about === 'weights') return {}
  const more: Record<string, AnalysisParams> = {
    transplant: { at: ['H0.0@B1'], moves: ['carry:C0'] },
    probe: { hook: 'blocks.0.hook_resid_post', position: 'B1', target: 'sum:1' },
  }
  return { dataset: { size: 24, seed: 1 }, ...more[id] }
}

test.each(analyses.map(({ id, about }) => ({ id, about })))(
  'of two states "$id" says what it says of each',
  async ({ id, about }) => {
    const results = []
    for (const model of states) results.push(await runAnalysis(analysisNamed(id), model, paramsOf(id, about)))
    const both = overSteps([0, 100], results)
    for (const [name, value] of Object.entries(results[1]!)) {
      if (typeof value !== 'object' || value === null || !('dims' in value)) continue
      const { dims, labels, data } = tensorIn(both, name)
      expect(dims).toEqual(['step', ...value.dims])
      expect(labels['step']).toEqual(['0', '100'])
      const named = value.dims.every((dim) => String(value.labels[dim]) === String(labels[dim]))
      if (named) expect([...data.slice(-value.data.length)]).toEqual([...value.data])
    }
  },
)
