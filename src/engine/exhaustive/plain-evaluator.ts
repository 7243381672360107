import { evaluatedCount, evaluatedSums } from '../../model/exhaustive/evaluated-sums'
import type { MeasuredEvaluation } from '../../model/exhaustive/evaluation'
import type { Range } from '../../model/exhaustive/shard'
import { groupSize } from '../../model/exhaustive/sum-groups'
import type { Sum } from '../../core/sum'
import { tokensOf } from '../../core/tokens'
import type { Model } from '../../model/model'
import { OnnxModel } from '../onnx-model'
import { AnswerReader, type Decoding } from './answer-reader'
import type { ChunkEvaluator, EvaluatedModel, EvaluationWay } from './chunk-evaluator'
import { intervenedModel } from './intervened-model'
import { plainScores } from './plain-comparison'
import { TalliedSums } from './tallied-sums'

/** Sums in one run: as many as the plain forward pass is fastest at. */
const batch = 250

/**
 * Evaluates by the plain forward pass over every position, as any model can be. What it is compared with is then itself.
 */
export class PlainEvaluator implements ChunkEvaluator {
  readonly #onnx: OnnxModel
  readonly #model: Model
  readonly #decoding: Decoding
  readonly #sumAt: (index: number) => Sum

  constructor(model: EvaluatedModel, { decoding, interventions }: EvaluationWay) {
    this.#onnx = new OnnxModel(model)
    this.#model = intervenedModel(this.#onnx, interventions)
    this.#decoding = decoding
    this.#sumAt = evaluatedSums(model.config.layout)
  }

  async evaluate(groups: Range, unlistedFrom?: number): Promise<MeasuredEvaluation> {
    const before = process.cpuUsage()
    const { layout } = this.#model.config
    const tally = new TalliedSums(layout, this.#decoding, unlistedFrom)
    const end = Math.min(groups.end * groupSize, evaluatedCount(layout))
    for (let first = groups.begin * groupSize; first < end; first += batch) {
      const sums = Array.from({ length: Math.min(batch, end - first) }, (_, row) => this.#sumAt(first + row))
      const { losses, margins, runnersUp } = await plainScores(this.#model, tokensOf(sums, layout))
      for (const [row, { a, b }] of sums.entries()) tally.add(a, b, losses, margins, row, (index) => runnersUp[index]!)
    }
    const evaluation = await tally.evaluation(() => new AnswerReader(this.#model))
    const { user, system } = process.cpuUsage(before)
    const cpuSeconds = (user + system) / 1e6
    return { ...evaluation, cpuSeconds, plain: { sums: evaluation.n, cpuSeconds, largestMarginDifference: 0 } }
  }

  async release(): Promise<void> {
    await this.#onnx.dispose()
  }
}
