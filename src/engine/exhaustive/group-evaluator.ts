import { InferenceSession, Tensor } from '../onnxruntime'
import type { Evaluation, MeasuredEvaluation } from '../../model/exhaustive/evaluation'
import type { Range } from '../../model/exhaustive/shard'
import { type AnswerScores, emptyScores, readScores } from '../../model/exhaustive/answer-scores'
import { type FirstLayerPatterns, PatternWriter, patternShape } from '../../model/exhaustive/first-layer-patterns'
import { firstLayerTables } from '../../model/exhaustive/first-layer-tables'
import { sharedPrefixGraph } from '../../model/exhaustive/shared-prefix-graph'
import { groupSize, groupTokens, sumAt } from '../../model/exhaustive/sum-groups'
import { fullProcessing, processWeights } from '../../model/processing'
import { OnnxModel } from '../onnx-model'
import { sessionOptions } from '../session-options'
import { AnswerReader, type Decoding } from './answer-reader'
import type { ChunkEvaluator, EvaluatedModel } from './chunk-evaluator'
import { comparePlain, plainScores } from './plain-comparison'
import { TalliedSums } from './tallied-sums'

/** Groups in one run: so few that the activations stay in the processor's caches. */
const batch = 50
/** Groups of a call that the plain forward pass does too, in one run of the size it is fastest at. */
const compared = 25

/** Evaluates on one thread of this process. A run of a batch takes a few milliseconds. */
export class GroupEvaluator implements ChunkEvaluator {
  private readonly patterns: FirstLayerPatterns
  private readonly scores: AnswerScores

  private constructor(
    private readonly model: EvaluatedModel,
    private readonly session: InferenceSession,
    private readonly writer: PatternWriter,
    private readonly plain: OnnxModel,
    private readonly decoding: Decoding,
  ) {
    this.patterns = writer.patterns(batch)
    this.scores = emptyScores(batch, model.config)
  }

  static async create(model: EvaluatedModel, decoding: Decoding): Promise<GroupEvaluator> {
    const { config, weights } = processWeights(model, fullProcessing)
    const tables = firstLayerTables(config, weights)
    const session = await InferenceSession.create(sharedPrefixGraph(config, weights, tables), sessionOptions())
    const plain = new OnnxModel(model)
    // Builds the session, which is no part of what is compared.
    await plainScores(plain, groupTokens(0, 1, model.config.layout))
    const writer = new PatternWriter(config, tables.weights)
    return new GroupEvaluator(model, session, writer, plain, decoding)
  }

  async evaluate(groups: Range, unlistedFrom?: number): Promise<MeasuredEvaluation> {
    const before = process.cpuUsage()
    const evaluation = await this.#evaluate(groups, unlistedFrom)
    const { user, system } = process.cpuUsage(before)
    const sample = { begin: groups.begin, end: Math.min(groups.end, groups.begin + compared) }
    const { margins } = await this.#run(sample)
    return {
      ...evaluation,
      cpuSeconds: (user + system) / 1e6,
      plain: await comparePlain(this.plain, sample, margins),
    }
  }

  async release(): Promise<void> {
    await Promise.all([this.session.release(), this.plain.dispose()])
  }

  async #evaluate({ begin, end }: Range, unlistedFrom: number | undefined): Promise<Evaluation> {
    const { layout } = this.model.config
    const tally = new TalliedSums(layout, this.decoding, unlistedFrom)
    for (let group = begin; group < end; group += batch) {
      const part = { begin: group, end: Math.min(end, group + batch) }
      const { losses, margins, runnersUp } = await this.#run(part)
      for (let row = 0; row < (part.end - part.begin) * groupSize; row++) {
        const sum = sumAt(group * groupSize + row, layout)
        tally.add(sum.a, sum.b, losses, margins, row, (index) => runnersUp[index]!)
      }
    }
    return tally.evaluation(() => new AnswerReader(this.plain))
  }

  async #run({ begin, end }: Range): Promise<AnswerScores> {
    const groups = end - begin
    const { rows, columns } = patternShape(this.model.config)
    this.writer.write(begin, groups, this.patterns)
    const { pattern, keys, queries } = this.patterns
    const results = await this.session.run({
      pattern: new Tensor('float32', pattern.subarray(0, groups * rows * columns), [groups, rows, columns]),
      keys: new Tensor('int32', keys.subarray(0, groups * columns), [groups, columns]),
      queries: new Tensor('int32', queries.subarray(0, groups * rows), [groups, rows]),
    })
    readScores(begin, results['logProbs']!.data as Float32Array, this.model.config, this.scores)
    return this.scores
  }
}
