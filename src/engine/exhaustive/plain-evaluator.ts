import type { MeasuredEvaluation } from '../../model/exhaustive/evaluation'
import type { Range } from '../../model/exhaustive/shard'
import { groupSize, groupTokens, sumAt, sumCount } from '../../model/exhaustive/sum-groups'
import { Tally } from '../../model/exhaustive/tally'
import { OnnxModel } from '../onnx-model'
import { AnswerReader, type Decoding, type Missed } from './answer-reader'
import type { ChunkEvaluator, EvaluatedModel } from './group-evaluator'
import { plainScores } from './plain-comparison'

/** Groups in one run: 250 sums, at which the plain forward pass is fastest. */
const batch = 25

/**
 * Evaluates by the plain forward pass over every position, as any model can be. What it is compared with is then itself.
 */
export class PlainEvaluator implements ChunkEvaluator {
  readonly #model: OnnxModel
  readonly #decoding: Decoding

  constructor(model: EvaluatedModel, decoding: Decoding) {
    this.#model = new OnnxModel(model)
    this.#decoding = decoding
  }

  async evaluate({ begin, end }: Range): Promise<MeasuredEvaluation> {
    const before = process.cpuUsage()
    const { layout } = this.#model.config
    const tally = new Tally(layout)
    const wrong: Missed[] = []
    for (let group = begin; group < end; group += batch) {
      const groups = Math.min(end, group + batch) - group
      const { losses, margins, runnersUp } = await plainScores(this.#model, groupTokens(group, groups, layout))
      const rows = Math.min(groups * groupSize, sumCount(layout) - group * groupSize)
      for (let row = 0; row < rows; row++) {
        const sum = sumAt(group * groupSize + row, layout)
        const margin = tally.add(sum.a, sum.b, losses, margins, row, (index) => runnersUp[index]!)
        if (margin <= 0) wrong.push({ sum, margin })
      }
    }
    const evaluation = await new AnswerReader(this.#model).withAnswers(tally, wrong, this.#decoding)
    const { user, system } = process.cpuUsage(before)
    const cpuSeconds = (user + system) / 1e6
    return { ...evaluation, cpuSeconds, plain: { sums: evaluation.n, cpuSeconds, largestMarginDifference: 0 } }
  }

  async release(): Promise<void> {
    await this.#model.dispose()
  }
}
