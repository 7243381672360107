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

  private constructor(kernel: KernelRun, layout: TaskLayout, onnx: OnnxModel, plain: Model, decoding: Decoding) {
    this.#kernel = kernel
    this.#layout = layout
    this.#onnx = onnx
    this.#plain = plain
    this.#decoding = decoding
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
      this.#kernel.run(group)
      margins.push(...this.#kernel.marginsByDigit())
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
    const { scores } = this.#kernel
    let sum = 0
    const runnerUp = (index: number) => {
      const [row, digit] = [Math.floor(index / scores.stride), index % scores.stride]
      const right = Math.floor((sum + row) / 10 ** (answerDigits - 1 - digit)) % 10
      return runnerUpOf(this.#kernel.logits, (row * answerDigits + digit) * vocab, vocab, right)
    }
    for (let group = begin; group < end; group++) {
      this.#kernel.run(group)
      const { a, b } = sumAt(group * groupSize, this.#layout)
      sum = a + b
      tally.addGroup(a, b, scores, runnerUp)
    }
    return tally.evaluation(() => new AnswerReader(this.#plain))
  }
}
