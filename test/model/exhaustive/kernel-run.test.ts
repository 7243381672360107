import { expect, test } from 'vitest'
import { answerPositions } from '../../../src/core/positions'
import { firstLayerTables } from '../../../src/model/exhaustive/first-layer-tables'
import { KernelRun } from '../../../src/model/exhaustive/kernel-run'
import { groupCount, groupTokens } from '../../../src/model/exhaustive/sum-groups'
import { fullProcessing, processWeights } from '../../../src/model/processing'
import { describeConfig, randomModel, smallConfig } from '../../support/random-model'

/** What the kernel adds up of its own margins, against doing it digit by digit. */
function checkTally({ scores, rests }: KernelRun, digits: number): void {
  const { smallest, losses, digitLosses, margins, stride } = scores
  const at = (sum: number, digit: number) => sum * stride + digit
  const lossOf = (index: number) => Math.log1p(rests[index]! * Math.exp(-margins[index]!))
  const expectLoss = (loss: number, product: number, indices: readonly number[]) => {
    const expected = indices.reduce((total, index) => total + lossOf(index), 0)
    expect(Math.abs((loss + Math.log(product)) / expected - 1)).toBeLessThan(1e-11)
  }
  const [allSums, allDigits] = [[...Array(10).keys()], [...Array(digits).keys()]]
  for (const sum of allSums) {
    const own = allDigits.map((digit) => at(sum, digit))
    expect(smallest[sum]).toBe(Math.min(...own.map((index) => margins[index]!)))
    expectLoss(losses[2 * sum]!, losses[2 * sum + 1]!, own)
  }
  for (const digit of allDigits)
    expectLoss(
      digitLosses[digit]!,
      digitLosses[stride + digit]!,
      allSums.map((sum) => at(sum, digit)),
    )
}

const configs = [
  smallConfig(),
  smallConfig({ n_heads: 1, d_model: 16, d_head: 8, numDigits: 2 }),
  smallConfig({ n_heads: 8, d_model: 10, d_head: 3, numDigits: 6, normalization_type: 'LNPre' }),
  smallConfig({ n_heads: 2, d_model: 54, d_head: 4, numDigits: 3 }),
]

for (const config of configs)
  test(`the kernel's logits and margins are the oracle's, in whatever order groups come (${describeConfig(config)})`, async () => {
    const model = randomModel(config)
    const processed = processWeights(model, fullProcessing)
    const tables = firstLayerTables(processed.config, processed.weights)
    const kernel = new KernelRun(processed.config, processed.weights, tables, 'plain')
    const { layout, d_vocab, n_ctx } = config
    const count = groupCount(layout)
    const groups = [...Array(12).keys()].map((index) => Math.floor((count * index) / 12))
    for (const group of [0, 1, count - 1, ...groups.flatMap((each) => [each, each + 1, each + 7])]) {
      kernel.run(group)
      const tokens = groupTokens(group, 1, layout)
      const logits = (await model.run(tokens, { outputs: ['logits'] })).get('logits')!.data
      for (let sum = 0; sum < 10; sum++)
        for (const [digit, position] of answerPositions(layout).entries()) {
          const index = sum * layout.answerDigits + digit
          const row = (sum * n_ctx + position) * d_vocab
          const right = tokens.data[sum * n_ctx + position + 1]!
          const values = Array.from(logits.slice(row, row + d_vocab))
          // Logits differ by what is the same for all outputs: unembedding is centred.
          const offset = values.reduce((total, value) => total + value, 0) / d_vocab
          const highest = Math.max(...values.filter((_, token) => token !== right))
          const exponentials = values.map((value, token) => (token === right ? 0 : Math.exp(value - highest)))
          for (const [token, value] of values.entries())
            expect(Math.abs(kernel.logits[index * d_vocab + token]! - value + offset)).toBeLessThan(1e-4)
          const { margins, stride } = kernel.scores
          expect(Math.abs(margins[sum * stride + digit]! - values[right]! + highest)).toBeLessThan(1e-4)
          expect(kernel.rests[sum * stride + digit]).toBeCloseTo(
            exponentials.reduce((total, value) => total + value, 0),
            4,
          )
        }
      checkTally(kernel, layout.answerDigits)
    }
  })
