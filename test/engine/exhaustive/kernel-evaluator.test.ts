import { expect, test } from 'vitest'
import { GroupEvaluator } from '../../../src/engine/exhaustive/group-evaluator'
import { KernelEvaluator } from '../../../src/engine/exhaustive/kernel-evaluator'
import { PlainEvaluator } from '../../../src/engine/exhaustive/plain-evaluator'
import { plainWay } from '../../../src/engine/exhaustive/chunk-evaluator'
import { startEvaluator } from '../../../src/engine/exhaustive/start-evaluator'
import { loadModel } from '../../../src/engine/load-model'
import { randomModel, smallConfig } from '../../support/random-model'

test('models that the kernel does not know are evaluated by the graph, or as they are', async () => {
  const starts = [
    [smallConfig({ numDigits: 2 }), KernelEvaluator],
    [smallConfig({ numDigits: 2, n_layers: 3 }), GroupEvaluator],
    [smallConfig({ numDigits: 2, n_layers: 1 }), GroupEvaluator],
    [smallConfig({ numDigits: 2, d_mlp: 6, act_fn: 'relu' }), PlainEvaluator],
    [smallConfig({ numDigits: 2, normalization_type: 'RMS' }), PlainEvaluator],
  ] as const
  for (const [config, kind] of starts) {
    const evaluator = await startEvaluator(randomModel(config), plainWay)
    expect(evaluator).toBeInstanceOf(kind)
    await evaluator.release()
  }
})

test('the kernel finds for the bundled model what the graph does', async () => {
  const { model } = await loadModel({ source: { path: 'models/sum-4digit' } })
  const [kernel, graph] = [await startEvaluator(model, plainWay), await GroupEvaluator.create(model, 'teacher-forced')]
  expect(kernel).toBeInstanceOf(KernelEvaluator)
  for (const begin of [0, 1_234_560, 2_312_430, 2_499_900]) {
    const groups = { begin, end: begin + 100 }
    const [found, expected] = [await kernel.evaluate(groups), await graph.evaluate(groups)]
    expect(found).toMatchObject({ n: 1000, wrong: expected.wrong, wrongPerDigit: expected.wrongPerDigit })
    expect(found.plain.largestMarginDifference).toBeLessThan(2e-4)
    expect(Math.abs(found.smallestMargin - expected.smallestMargin)).toBeLessThan(2e-4)
    expect(found.loss).toBeCloseTo(expected.loss, 7)
    expect(found.weakest.slice(0, 10).map(({ digit, runnerUp }) => [digit, runnerUp])).toEqual(
      expected.weakest.slice(0, 10).map(({ digit, runnerUp }) => [digit, runnerUp]),
    )
    for (const [pattern, score] of Object.entries(expected.patterns)) {
      expect(found.patterns[pattern]!.n).toBe(score.n)
      expect(Math.abs(found.patterns[pattern]!.marginMin - score.marginMin)).toBeLessThan(2e-4)
    }
  }
  await Promise.all([kernel.release(), graph.release()])
})
