import { expect, test } from 'vitest'
import { tokensOf } from '../../../src/core/tokens'
import { intervenedModel } from '../../../src/engine/exhaustive/intervened-model'
import { plainScores } from '../../../src/engine/exhaustive/plain-comparison'
import { startEvaluator } from '../../../src/engine/exhaustive/start-evaluator'
import { groupTokens } from '../../../src/model/exhaustive/sum-groups'
import { SumPartners } from '../../../src/model/exhaustive/sum-partners'
import { parseIntervention } from '../../../src/model/intervention-text'
import { randomModel, smallConfig } from '../../support/random-model'

const config = smallConfig({ numDigits: 2 })
const model = randomModel(config)

test.each([
  ['H0.2:result:mean'],
  ['H0.0:result:zero', 'H0.1:z@B1,C0:patch=17+30'],
  ['H0.0:q:mean', 'H0.0:k@A0,+,B1:patch=12+34'],
  ['H0.1:k:mean', 'H0.2:v@A1,=:mean', 'H0.0:v:zero'],
  ['H0.1:pattern:mean', 'H0.2:pattern@=:zero'],
  ['L0:resid_pre@A0,B1:mean', 'H0.1:q@B1:zero'],
  ['H1.0:result:mean', 'H1.1:z@C0:zero', 'H1.2:q:mean'],
  ['H1.0:z:mean', 'H1.1:z:mean', 'H1.2:result:zero'],
  ['L1:resid_pre@A1,=:patch=49+11', 'H0.1:result:mean'],
  ['H1.0:k@B1:mean', 'H1.1:v:zero'],
  ['H0.0:k@A0,B1:zero', 'H1.2:q:patch=12+34'],
  ['L1:resid_pre@C0:mean'],
  ['H1.0:pattern:resample=3', 'H0.2:v:zero'],
])('every sum fares under %s, %s as in the oracle', async (...texts) => {
  const interventions = texts.filter(Boolean).map((text) => parseIntervention(text, config))
  const evaluator = await startEvaluator(model, { decoding: 'teacher-forced', interventions })
  const found = await evaluator.evaluate({ begin: 100, end: 115 })
  await evaluator.release()
  expect(found.plain.largestMarginDifference).toBeLessThan(1e-4)
  const tokens = groupTokens(100, 15, config.layout)
  const { margins, losses } = await plainScores(intervenedModel(model, interventions), tokens)
  const clean = await plainScores(model, tokens)
  const smallest = Array.from({ length: 150 }, (_, sum) => Math.min(...margins.subarray(2 * sum, 2 * sum + 2)))
  expect(found).toMatchObject({ n: 150, wrong: smallest.filter((margin) => margin <= 0).length })
  expect(found.smallestMargin).toBeCloseTo(Math.min(...smallest), 4)
  expect(found.loss).toBeCloseTo(losses.reduce((total, loss) => total + loss, 0) / 300, 4)
  expect(margins).not.toEqual(clean.margins)
})

test('a sum that is resampled takes what its partner has', async () => {
  const sum = { a: 23, b: 41 }
  const partner = new SumPartners(config.layout).of(sum, 3)
  const logits = async (text: string) => {
    const intervened = intervenedModel(model, [parseIntervention(text, config)])
    return (await intervened.run(tokensOf([sum], config.layout), { outputs: ['logits'] })).get('logits')!.data
  }
  const resampled = await logits('H0.1:result:resample=3')
  const patched = await logits(`H0.1:result:patch=${partner.a}+${partner.b}`)
  for (const [index, value] of patched.entries()) expect(resampled[index]).toBeCloseTo(value, 9)
})
