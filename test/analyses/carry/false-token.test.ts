import { expect, test } from 'vitest'
import { falseToken } from '../../../src/analyses/carry/false-token'
import { columnSumsOf } from '../../../src/core/column-hypothesis'
import { digitPredictedAt } from '../../../src/core/positions'
import { publishedLayout, type TaskLayout } from '../../../src/core/task-layout'
import { tensor } from '../../../src/core/tensor'
import { sumsOf } from '../../../src/core/tokens'
import { runAs } from '../../../src/model/model'
import { publishedOnnx } from '../../support/published-onnx'
import { randomModel, smallConfig } from '../../support/random-model'
import { hasReference, needsReference } from '../../support/reference-data'
import { dataIn, numberIn, runAnalysis } from '../../support/run-analysis'

const dataset = { size: 300, seed: 4 }
const layouts: readonly TaskLayout[] = [
  publishedLayout(4),
  { ...publishedLayout(3), answerDigits: 4, largestFirstDigit: 9 },
  { ...publishedLayout(3), answerOrder: 'leastSignificantFirst' },
]

/** A model that adds columns rightly, with the carry that `carryOf` takes from the token at its position, or from the sum. */
function adding(layout: TaskLayout, reads: boolean) {
  const model = randomModel(smallConfig({ layout }))
  const { d_vocab } = model.config
  return runAs(model, (tokens, { positions = [] }) => {
    const length = tokens.shape[1]!
    const rows = sumsOf(tokens, layout).flatMap((sum, example) => {
      const { sums, columns } = columnSumsOf(sum, layout)
      return positions.flatMap((position) => {
        const digit = digitPredictedAt(position, layout)!
        const before = digitPredictedAt(position - 1, layout)
        const token = tokens.data[example * length + position]!
        const isTold = reads && before !== null && columns.classes[Math.max(digit, before)] === 'P'
        // Most significant first, what was written has the carry in it; least significant first, a column of 9 that became 0 passes it on.
        const told = () => (before! < digit ? token !== sums[before!]! % 10 : token === 0)
        const carry = isTold ? told() : columns.carryIn[digit]!
        const row = new Array<number>(d_vocab).fill(0)
        row[(sums[digit]! + Number(carry)) % 10] = 1
        return row
      })
    })
    const shape = [tokens.shape[0]!, positions.length, d_vocab]
    return Promise.resolve(
      new Map([['logits', tensor(['example', 'position', 'vocab'], shape, Float64Array.from(rows))]]),
    )
  })
}

test.each(layouts.map((layout) => [layout.answerOrder, layout.answerDigits, layout] as const))(
  'a model that reads the carry off its own answer follows a false one, and one that does not stays (%s, %i digits)',
  async (_, __, layout) => {
    const reading = await runAnalysis(falseToken, adding(layout, true), { dataset })
    expect(numberIn(reading, 'follows')).toBe(1)
    const adds = await runAnalysis(falseToken, adding(layout, false), { dataset })
    expect(numberIn(adds, 'follows')).toBe(0)
    const shares = dataIn(adds, 'share').filter((value) => !Number.isNaN(value))
    expect(shares.reduce((sum, value) => sum + value, 0)).toBe(shares.length / 3)
    // Each column of 9 but that of the digit that is written first is tried, a tenth of all.
    expect(dataIn(adds, 'n').filter((count) => count > 0).length).toBeGreaterThanOrEqual(2)
  },
)

test.skipIf(!hasReference)(`the published model does not read its own answer (${needsReference})`, async () => {
  const result = await runAnalysis(falseToken, publishedOnnx(), { dataset: { size: 1000, seed: 42 } })
  expect(numberIn(result, 'follows')).toBe(0)
})
