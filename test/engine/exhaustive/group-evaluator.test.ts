import { expect, test } from 'vitest'
import { formatNumber } from '../../../src/core/sum-text'
import { indexOfLargest } from '../../../src/core/softmax'
import { tokensOf } from '../../../src/core/tokens'
import { publishedLayout, symbolTexts } from '../../../src/core/task-layout'
import { GroupEvaluator } from '../../../src/engine/exhaustive/group-evaluator'
import { plainScores } from '../../../src/engine/exhaustive/plain-comparison'
import { groupCount, groupTokens, sumAt } from '../../../src/model/exhaustive/sum-groups'
import { Tally } from '../../../src/model/exhaustive/tally'
import type { Evaluation } from '../../../src/model/exhaustive/evaluation'
import type { ReferenceModel } from '../../../src/model/reference-model'
import { describeConfig, fiveConfigs, randomModel, smallConfig } from '../../support/random-model'

/** What the float64 oracle says about some groups of sums. */
async function oracle(model: ReferenceModel, begin: number, count: number): Promise<Evaluation> {
  const { layout } = model.config
  const { losses, margins, runnersUp } = await plainScores(model, groupTokens(begin, count, layout))
  const tally = new Tally(layout)
  for (let row = 0; row < count * 10; row++) {
    const { a, b } = sumAt(begin * 10 + row, layout)
    tally.add(a, b, losses, margins, row, (index) => runnersUp[index]!)
  }
  return tally.evaluation([])
}

for (const config of fiveConfigs)
  test(`groups evaluated with shared prefixes fare as in the oracle (${describeConfig(config)})`, async () => {
    const model = randomModel(config)
    const begin = Math.floor(groupCount(config.layout) / 3)
    const evaluator = await GroupEvaluator.create(model, 'teacher-forced')
    const { plain, ...evaluation } = await evaluator.evaluate({ begin, end: begin + 30 })
    const expected = await oracle(model, begin, 30)
    expect(evaluation).toMatchObject({ n: 300, wrong: expected.wrong, wrongPerDigit: expected.wrongPerDigit })
    expect(evaluation.loss).toBeCloseTo(expected.loss, 4)
    expect(evaluation.smallestMargin).toBeCloseTo(expected.smallestMargin, 3)
    expect(Object.keys(evaluation.patterns)).toEqual(Object.keys(expected.patterns))
    expect(plain.largestMarginDifference).toBeLessThan(3e-4)
    await evaluator.release()
  })

test('greedy decoding gets the same sums wrong, and answers what decoding one sum at a time does', async () => {
  const model = randomModel(smallConfig({ numDigits: 3 }))
  const [forced, greedy] = await Promise.all(
    (['teacher-forced', 'greedy'] as const).map(async (decoding) => {
      const evaluator = await GroupEvaluator.create(model, decoding)
      return evaluator.evaluate({ begin: 700, end: 702 })
    }),
  )
  expect(greedy!.wrongSums.map(({ a, b }) => [a, b])).toEqual(forced!.wrongSums.map(({ a, b }) => [a, b]))
  expect(greedy!.wrong).toBe(20)
  const answers = await Promise.all(greedy!.wrongSums.map((sum) => decodeAlone(model, sum)))
  expect(greedy!.wrongSums.map(({ predicted }) => predicted)).toEqual(answers)
  expect(answers).not.toEqual(forced!.wrongSums.map(({ predicted }) => predicted))
  const wrongPerDigit = [0, 1, 2].map(
    (digit) =>
      greedy!.wrongSums.filter(({ a, b, predicted }) => formatNumber(a + b, 3)[digit] !== predicted[digit]).length,
  )
  expect(greedy!.wrongPerDigit).toEqual(wrongPerDigit)
})

/** Writes one symbol after the other behind `a+b=`, each the oracle's most likely one. */
async function decodeAlone(model: ReferenceModel, { a, b }: { a: number; b: number }): Promise<string> {
  const group = tokensOf([{ a, b }], publishedLayout(3))
  const tokens = group.data.slice()
  let answer = ''
  for (let position = 7; position < 10; position++) {
    const run = await model.run({ ...group, shape: [1, 11], data: tokens }, { outputs: ['logits'] })
    const symbol = indexOfLargest(run.get('logits')!.data, position * 12, 12)
    tokens[position + 1] = symbol
    answer += symbolTexts[symbol]!
  }
  return answer
}
