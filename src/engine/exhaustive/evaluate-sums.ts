import type { Sum } from '../../core/sum'
import { tokensOf } from '../../core/tokens'
import type { Evaluation } from '../../model/exhaustive/evaluation'
import type { Model } from '../../model/model'
import { AnswerReader, type Decoding } from './answer-reader'
import { plainScores } from './plain-comparison'
import { TalliedSums } from './tallied-sums'

const batch = 250

/** Evaluates any sums with the plain forward pass, in this process. */
export async function evaluateSums(
  model: Model,
  sums: readonly Sum[],
  decoding: Decoding,
  progress: (done: number, total: number) => void,
): Promise<Evaluation> {
  const { layout } = model.config
  const tally = new TalliedSums(layout, decoding)
  for (let begin = 0; begin < sums.length; begin += batch) {
    const part = sums.slice(begin, begin + batch)
    const { losses, margins, runnersUp } = await plainScores(model, tokensOf(part, layout))
    part.forEach((sum, row) => {
      tally.add(sum.a, sum.b, losses, margins, row, (index) => runnersUp[index]!)
    })
    progress(begin + part.length, sums.length)
  }
  return tally.evaluation(() => new AnswerReader(model))
}
