import { answerPositions } from '../../core/positions'
import { logSoftmax } from '../../core/softmax'
import { runnerUpOf } from '../../model/exhaustive/answer-scores'
import type { PlainComparison } from '../../model/exhaustive/evaluation'
import type { Range } from '../../model/exhaustive/shard'
import { groupTokens } from '../../model/exhaustive/sum-groups'
import type { Model, Tokens } from '../../model/model'

/** Losses (nats) and margins (logits) of sums [sum, digit] by the plain forward pass over every position. */
export async function plainScores(
  model: Model,
  tokens: Tokens,
): Promise<{ losses: Float64Array; margins: Float64Array; runnersUp: Uint16Array; cpuSeconds: number }> {
  const before = process.cpuUsage()
  const logits = (await model.run(tokens, { outputs: ['logits'] })).get('logits')!.data
  const { user, system } = process.cpuUsage(before)
  const { layout, n_ctx, d_vocab } = model.config
  const [losses, margins] = [
    new Float64Array(tokens.shape[0]! * layout.answerDigits),
    new Float64Array(tokens.shape[0]! * layout.answerDigits),
  ]
  const runnersUp = new Uint16Array(margins.length)
  for (let example = 0, index = 0; example < tokens.shape[0]!; example++)
    for (const position of answerPositions(layout)) {
      const row = example * n_ctx + position
      const right = tokens.data[row + 1]!
      const values = logits.subarray(row * d_vocab, (row + 1) * d_vocab)
      losses[index] = -logSoftmax(values)[right]!
      runnersUp[index] = runnerUpOf(values, 0, d_vocab, right)
      margins[index] = values[right]! - values[runnersUp[index]!]!
      index++
    }
  return { losses, margins, runnersUp, cpuSeconds: (user + system) / 1e6 }
}

/** Compares margins [sum, digit] of some groups of sums with those of the plain forward pass. */
export async function comparePlain(model: Model, groups: Range, margins: ArrayLike<number>): Promise<PlainComparison> {
  const tokens = groupTokens(groups.begin, groups.end - groups.begin, model.config.layout)
  const plain = await plainScores(model, tokens)
  const differences = plain.margins.map((margin, index) => Math.abs(margin - margins[index]!))
  return {
    sums: tokens.shape[0]!,
    cpuSeconds: plain.cpuSeconds,
    largestMarginDifference: differences.reduce((largest, difference) => Math.max(largest, difference), 0),
  }
}
