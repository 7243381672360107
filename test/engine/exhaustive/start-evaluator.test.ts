import { expect, test } from 'vitest'
import { plainScores } from '../../../src/engine/exhaustive/plain-comparison'
import { plainWay } from '../../../src/engine/exhaustive/chunk-evaluator'
import { startEvaluator } from '../../../src/engine/exhaustive/start-evaluator'
import { groupCount, groupTokens } from '../../../src/model/exhaustive/sum-groups'
import { blockConfigs, describeConfig, randomModel, smallConfig } from '../../support/random-model'

const groups = 30

test.each([smallConfig({ numDigits: 2 }), ...blockConfigs].map((config) => [describeConfig(config), config] as const))(
  'every sum fares as in the oracle, whatever blocks the model has: %s',
  async (_, config) => {
    const model = randomModel(config)
    const begin = Math.floor(groupCount(config.layout) / 3)
    const evaluator = await startEvaluator(model, plainWay)
    const found = await evaluator.evaluate({ begin, end: begin + groups })
    await evaluator.release()
    const { losses, margins } = await plainScores(model, groupTokens(begin, groups, config.layout))
    const numDigits = config.layout.answerDigits
    const smallest = Array.from({ length: groups * 10 }, (_, sum) =>
      Math.min(...margins.subarray(sum * numDigits, (sum + 1) * numDigits)),
    )
    expect(found).toMatchObject({ n: groups * 10, wrong: smallest.filter((margin) => margin <= 0).length })
    expect(found.loss).toBeCloseTo(losses.reduce((total, loss) => total + loss, 0) / losses.length, 4)
    expect(found.smallestMargin).toBeCloseTo(Math.min(...smallest), 3)
  },
)
