import type { TaskLayout } from '../../core/task-layout'
import { setFlagsFromString } from 'node:v8'
import type { Evaluation, MeasuredEvaluation } from '../../model/exhaustive/evaluation'
import { FixedActivations } from '../../model/exhaustive/fixed-activations'
import { firstLayerTables } from '../../model/exhaustive/first-layer-tables'
import { runnerUpOf } from '../../model/exhaustive/answer-scores'
import { vocab } from '../../model/exhaustive/kernel-layout'
import { KernelRun } from '../../model/exhaustive/kernel-run'
import type { Range } from '../../model/exhaustive/shard'
import { groupSize, groupTokens, sumAt } from '../../model/exhaustive/sum-groups'
import { fullProcessing, processWeights } from '../../model/processing'
import type { Model } from '../../model/model'
import { hasFusedMultiplyAdd } from '../../model/wasm/runtime'
import { OnnxModel } from '../onnx-model'
import { AnswerReader, type Decoding } from './answer-reader'
import type { ChunkEvaluator, EvaluatedModel, EvaluationWay } from './chunk-evaluator'
import { constantEdits, intervenedModel } from './intervened-model'
import { comparePlain, plainScores } from './plain-comparison'
import { TalliedSums } from './tallied-sums'

/** Groups of a call that the plain forward pass does too, in one run of the size it is fastest at. */
const compared = 25

/** Evaluates with the kernel (see `KernelRun`) on one thread of this process. */
export class KernelEvaluator implements ChunkEvaluator {
  readonly #kernel: KernelRun
  readonly #layout: TaskLayout
  readonly #onnx: OnnxModel
  /** Under the same interventions. */
  readonly #plain: Model
  readonly #decoding: Decoding
  /** Of the group at hand [sum, digit]. */
  readonly #losses: Float64Array
  readonly #margins: Float64Array

  private constructor(kernel: KernelRun, layout: TaskLayout, onnx: OnnxModel, plain: Model, decoding: Decoding) {
    this.#kernel = kernel
    this.#layout = layout
    this.#onnx = onnx
    this.#plain = plain
    this.#decoding = decoding
    this.#losses = new Float64Array(groupSize * layout.answerDigits)
    this.#margins = new Float64Array(groupSize * layout.answerDigits)
  }

  static async create(model: EvaluatedModel, { decoding, interventions }: EvaluationWay): Promise<KernelEvaluator> {
    const { config, weights } = processWeights(model, fullProcessing)
    const biases = processWeights(model, { ...fullProcessing, foldValueBiases: false }).weights
    const [b_V0, b_V1] = [0, 1].map((layer) => biases.get(`blocks.${layer}.attn.b_V`)!.data)
    const fixed = new FixedActivations(config, await constantEdits(model, interventions))
    const tables = firstLayerTables(config, weights, fixed, b_V0)
    // Node 20 has it behind this flag; later ones, which have it anyhow, complain about flags that they do not know.
    if (!hasFusedMultiplyAdd()) setFlagsFromString('--experimental-wasm-relaxed-simd')
    const kernel = new KernelRun(config, weights, tables, hasFusedMultiplyAdd() ? 'fused' : 'plain', fixed, b_V1)
    const plain = new OnnxModel(model)
    // Builds the session, which is no part of what is compared.
    await plainScores(plain, groupTokens(0, 1, config.layout))
    return new KernelEvaluator(kernel, config.layout, plain, intervenedModel(plain, interventions), decoding)
  }

  async evaluate(groups: Range, unlistedFrom?: number): Promise<MeasuredEvaluation> {
    const before = process.cpuUsage()
    const evaluation = await this.#evaluate(groups, unlistedFrom)
    const { user, system } = process.cpuUsage(before)
    const sample = { begin: groups.begin, end: Math.min(groups.end, groups.begin + compared) }
    const margins: number[] = []
    for (let group = sample.begin; group < sample.end; group++) {
      this.#run(group)
      margins.push(...this.#margins)
    }
    return {
      ...evaluation,
      cpuSeconds: (user + system) / 1e6,
      plain: await comparePlain(this.#plain, sample, margins),
    }
  }

  async release(): Promise<void> {
    await this.#onnx.dispose()
  }

  async #evaluate({ begin, end }: Range, unlistedFrom: number | undefined): Promise<Evaluation> {
    const { answerDigits } = this.#layout
    const tally = new TalliedSums(this.#layout, this.#decoding, unlistedFrom)
    for (let group = begin; group < end; group++) {
      this.#run(group)
      const { a, b } = sumAt(group * groupSize, this.#layout)
      const runnerUp = (index: number) => {
        const sum = a + b + Math.floor(index / answerDigits)
        const right = Math.floor(sum / 10 ** (answerDigits - 1 - (index % answerDigits))) % 10
        return runnerUpOf(this.#kernel.logits, index * vocab, vocab, right)
      }
      for (let digit = 0; digit < groupSize; digit++)
        tally.add(a, b + digit, this.#losses, this.#margins, digit, runnerUp)
    }
    return tally.evaluation(() => new AnswerReader(this.#plain))
  }

  #run(group: number): void {
    this.#kernel.run(group)
    const { scores } = this.#kernel
    for (let index = 0, at = 0; at < scores.length; index++, at += 2) {
      const margin = scores[at]!
      this.#margins[index] = margin
      this.#losses[index] = lossOf(margin, scores[at + 1]!)
    }
  }
}

/** In nats, from the margin and the sum of exp(logit - highest wrong one) over the wrong ones; so that small ones stay exact. */
function lossOf(margin: number, wrong: number): number {
  if (margin <= 0) return Math.log(wrong + Math.exp(margin)) - margin
  const odds = wrong * Math.exp(-margin)
  return odds < 1e-4 ? odds * (1 - odds / 2) : Math.log1p(odds)
}
