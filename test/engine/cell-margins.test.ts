import { expect, test } from 'vitest'
import { cellMargins } from '../../src/engine/cell-margins'
import { KernelEvaluator } from '../../src/engine/exhaustive/kernel-evaluator'
import { startEvaluator } from '../../src/engine/exhaustive/start-evaluator'
import { loadModel } from '../../src/engine/load-model'
import { parseIntervention } from '../../src/model/intervention-text'

const untold = () => {}

test.each([[[]], [['H0.2:result:mean']]])(
  'a sum of a cell has the margin, digit and runner-up that the evaluation of every sum gives it, under %j',
  async (texts) => {
    const { model } = await loadModel({ source: { path: 'models/sum-4digit' } })
    const interventions = texts.map((text) => parseIntervention(text, model.config))
    const kernel = await startEvaluator(model, { decoding: 'teacher-forced', interventions })
    expect(kernel).toBeInstanceOf(KernelEvaluator)
    for (const begin of [0, 1_234_560]) {
      const { weakest } = await kernel.evaluate({ begin, end: begin + 2 })
      expect(weakest).toHaveLength(20)
      for (const { a, b, ...evaluated } of weakest) {
        const cell = await cellMargins(model, { first: { a, b }, side: 1, step: 1, interventions }, untold)
        expect(Math.abs(cell.margin[0]! - evaluated.margin)).toBeLessThan(2e-4)
        expect([cell.digit[0], cell.runnerUp[0]]).toEqual([evaluated.digit, evaluated.runnerUp])
      }
    }
    await kernel.release()
  },
)

test('each sum of a cell stands at its own place', async () => {
  const { model } = await loadModel({ source: { path: 'models/sum-4digit' } })
  const [first, step] = [{ a: 4600, b: 4300 }, 7]
  const whole = await cellMargins(model, { first, side: 20, step, interventions: [] }, untold)
  for (const [row, column] of [
    [0, 0],
    [0, 19],
    [13, 2],
    [19, 19],
  ] as const) {
    const sum = { a: first.a + row * step, b: first.b + column * step }
    const alone = await cellMargins(model, { first: sum, side: 1, step: 1, interventions: [] }, untold)
    // In another batch the last bit may be rounded otherwise.
    expect(whole.margin[row * 20 + column]).toBeCloseTo(alone.margin[0]!, 4)
    expect(whole.digit[row * 20 + column]).toBe(alone.digit[0])
  }
})
