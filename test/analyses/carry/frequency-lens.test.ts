import { expect, test } from 'vitest'
import { frequencyLens } from '../../../src/analyses/carry/frequency-lens'
import { tensor } from '../../../src/core/tensor'
import { answerDigitsOf, sumsOf } from '../../../src/core/tokens'
import { runAs } from '../../../src/model/model'
import { publishedOnnx } from '../../support/published-onnx'
import { randomModel } from '../../support/random-model'
import { hasReference, needsReference } from '../../support/reference-data'
import { dataIn, entry, runAnalysis, tensorIn } from '../../support/run-analysis'

const dataset = { size: 30, seed: 4 }

/** A model whose logits are waves about the right digit, of these frequencies and heights. */
function waving(heights: Readonly<Record<number, number>>) {
  const model = randomModel()
  const { layout, d_vocab } = model.config
  return runAs(model, (tokens) => {
    const logits = sumsOf(tokens, layout).flatMap((sum) =>
      answerDigitsOf(sum, layout).flatMap((right) =>
        Array.from({ length: d_vocab }, (_, digit) =>
          Object.entries(heights).reduce(
            (height, [frequency, factor]) =>
              height + factor * Math.cos((2 * Math.PI * Number(frequency) * (digit - right)) / 10),
            0,
          ),
        ),
      ),
    )
    const shape = [tokens.shape[0]!, layout.answerDigits, d_vocab]
    return Promise.resolve(
      new Map([['logits', tensor(['example', 'position', 'vocab'], shape, Float64Array.from(logits))]]),
    )
  })
}

test('waves about the right digit tell it where they have one highest point, and have their share of the power', async () => {
  const result = await runAnalysis(frequencyLens, waving({ 1: 3, 3: 1, 5: 0.5 }), { dataset })
  const accuracy = tensorIn(result, 'accuracy')
  for (let digit = 0; digit < 4; digit++) {
    expect(entry(accuracy, 0, digit)).toBe(1)
    expect(entry(accuracy, 2, digit)).toBe(1)
  }
  expect(dataIn(result, 'exactMatch').filter((_, index) => index === 0 || index === 2)).toEqual([1, 1])
  // Of frequency 5 every other digit is highest: the first of them is right only where the right digit is 0 or 1.
  const zeroOrOne = entry(accuracy, 4, 3)
  expect(zeroOrOne).toBeGreaterThan(0)
  expect(zeroOrOne).toBeLessThan(0.5)
  // Each but frequency 5 has half the power of its square: 4.5, 0.5, and 0.25.
  expect(entry(tensorIn(result, 'power'), 0, 1)).toBeCloseTo(4.5 / 5.25, 12)
  expect(entry(tensorIn(result, 'power'), 4, 1)).toBeCloseTo(0.25 / 5.25, 12)
})

test.skipIf(!hasReference)(`one frequency of the published model tells every answer (${needsReference})`, async () => {
  const result = await runAnalysis(frequencyLens, publishedOnnx(), { dataset: { size: 1000, seed: 42 } })
  expect(dataIn(result, 'exactMatch')[0]).toBe(1)
})
