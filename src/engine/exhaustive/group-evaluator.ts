import { InferenceSession, Tensor } from 'onnxruntime-node'
import type { Sum } from '../../core/sum'
import { type Evaluation, listedWrongSums } from '../../model/exhaustive/evaluation'
import type { Range } from '../../model/exhaustive/shard'
import { sharedPrefixGraph } from '../../model/exhaustive/shared-prefix-graph'
import { groupSize, groupTokens, sumAt } from '../../model/exhaustive/sum-groups'
import { Tally } from '../../model/exhaustive/tally'
import type { Model } from '../../model/model'
import { OnnxModel } from '../onnx-model'
import { AnswerReader, type Decoding } from './answer-reader'
import { comparePlain, type PlainComparison, plainScores } from './plain-comparison'

export type EvaluatedModel = Pick<Model, 'name' | 'sha256' | 'config' | 'weights'>

/** An evaluation of some groups of sums, what it took, and how it compares with the plain forward pass on a few of them. */
export interface GroupsEvaluated {
  readonly evaluation: Evaluation
  /** Processor seconds for all of it but the comparison. */
  readonly cpuSeconds: number
  readonly plain: PlainComparison
}

/** Groups in one run: so few that the activations stay in the processor's caches. */
const batch = 25

/** Evaluates groups of sums (see `sum-groups.ts`) on one thread. A run of a batch takes a few milliseconds. */
export class GroupEvaluator {
  private constructor(
    private readonly model: EvaluatedModel,
    private readonly session: InferenceSession,
    private readonly plain: OnnxModel,
    private readonly reader: AnswerReader,
    private readonly decoding: Decoding,
  ) {}

  static async create(model: EvaluatedModel, decoding: Decoding): Promise<GroupEvaluator> {
    const session = await InferenceSession.create(sharedPrefixGraph(model), {
      executionProviders: ['cpu'],
      intraOpNumThreads: 1,
      interOpNumThreads: 1,
      executionMode: 'sequential',
      graphOptimizationLevel: 'all',
      logSeverityLevel: 4,
    })
    const plain = new OnnxModel(model)
    // Builds the session, which is no part of what is compared.
    await plainScores(plain, groupTokens(0, 1, model.config.numDigits))
    return new GroupEvaluator(model, session, plain, new AnswerReader(plain), decoding)
  }

  async evaluate(groups: Range): Promise<GroupsEvaluated> {
    const before = process.cpuUsage()
    const evaluation = await this.#evaluate(groups)
    const { user, system } = process.cpuUsage(before)
    const compared = { begin: groups.begin, end: Math.min(groups.end, groups.begin + batch) }
    const margins = (await this.#run(compared)).margins
    return {
      evaluation,
      cpuSeconds: (user + system) / 1e6,
      plain: await comparePlain(this.plain, compared, margins),
    }
  }

  async release(): Promise<void> {
    await Promise.all([this.session.release(), this.plain.dispose()])
  }

  async #evaluate({ begin, end }: Range): Promise<Evaluation> {
    const { numDigits } = this.model.config
    const tally = new Tally(numDigits)
    const wrong: { sum: Sum; margin: number }[] = []
    for (let group = begin; group < end; group += batch) {
      const part = { begin: group, end: Math.min(end, group + batch) }
      const { losses, margins } = await this.#run(part)
      for (let row = 0; row < (part.end - part.begin) * groupSize; row++) {
        const sum = sumAt(group * groupSize + row, numDigits)
        const margin = tally.add(sum.a, sum.b, losses, margins, row)
        if (margin <= 0) wrong.push({ sum, margin })
      }
    }
    return this.#withAnswers(tally, wrong)
  }

  /** Looks up what is answered to the wrong sums: to all for greedy decoding, which counts by it, else to those listed. */
  async #withAnswers(tally: Tally, wrong: readonly { sum: Sum; margin: number }[]): Promise<Evaluation> {
    const read = this.decoding === 'greedy' ? wrong : wrong.slice(0, listedWrongSums)
    const answers = await this.reader.read(
      read.map(({ sum }) => sum),
      this.decoding,
    )
    const wrongSums = read
      .map(({ sum, margin }, index) => ({ ...sum, predicted: answers[index]!, margin }))
      .slice(0, listedWrongSums)
    if (this.decoding === 'teacher-forced') return tally.evaluation(wrongSums)
    return tally.evaluation(
      wrongSums,
      this.reader.wrongPerDigit(
        read.map(({ sum }) => sum),
        answers,
      ),
    )
  }

  async #run({ begin, end }: Range): Promise<{ losses: Float32Array; margins: Float32Array }> {
    const { shape, data } = groupTokens(begin, end - begin, this.model.config.numDigits)
    const results = await this.session.run({ tokens: new Tensor('int32', data as Int32Array, shape) })
    return { losses: results['losses']!.data as Float32Array, margins: results['margins']!.data as Float32Array }
  }
}
