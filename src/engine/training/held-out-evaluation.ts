import { InferenceSession, Tensor } from '../onnxruntime'
import type { Sum } from '../../core/sum'
import { encodeSum } from '../../core/tokens'
import { type TaskLayout, contextLength } from '../../core/task-layout'
import type { ModelConfig } from '../../model/config'
import { evaluationGraph } from '../../model/training/evaluation-graph'
import { type HeldOutSums, heldOutSums } from '../../model/training/held-out-sums'
import { sessionOptions } from '../session-options'

/** How a set of sums fares: `wrong` sums have at least one wrong digit (teacher-forced); loss in nats per digit. */
export interface Score {
  readonly n: number
  readonly wrong: number
  readonly loss: number
}

export interface HeldOutScores {
  readonly uniform: Score
  /** By column pattern, such as `KGPG`, its highest column first. */
  readonly patterns: Readonly<Record<string, Score>>
}

const chunk = 256

/** Judges parameters on the held-out sums: uniform ones, and as many of each column pattern. */
export class HeldOutEvaluation {
  readonly #sums: HeldOutSums

  private constructor(
    private readonly config: ModelConfig,
    private readonly session: InferenceSession,
  ) {
    this.#sums = heldOutSums(config.layout)
  }

  static async create(config: ModelConfig, provider: string): Promise<HeldOutEvaluation> {
    const session = await InferenceSession.create(evaluationGraph(config, chunk), sessionOptions(provider))
    return new HeldOutEvaluation(config, session)
  }

  async scores(parameters: Float32Array): Promise<HeldOutScores> {
    const { uniform, byPattern } = this.#sums
    const all = await this.#answers(parameters, [...uniform, ...[...byPattern.values()].flat()])
    let from = uniform.length
    const patterns = [...byPattern].map(([pattern, sums]) => {
      const start = from
      from += sums.length
      return [pattern, score(all.slice(start, from))] as const
    })
    return { uniform: score(all.slice(0, uniform.length)), patterns: Object.fromEntries(patterns) }
  }

  async release(): Promise<void> {
    await this.session.release()
  }

  async #answers(parameters: Float32Array, sums: readonly Sum[]): Promise<Answer[]> {
    const answers: Answer[] = []
    const weights = new Tensor('float32', parameters, [parameters.length])
    for (let start = 0; start < sums.length; start += chunk) {
      const part = sums.slice(start, start + chunk)
      const results = await this.session.run({
        tokens: chunkOfTokens(part, this.config.layout),
        parameters: weights,
      })
      const [losses, margins] = [results['losses']!.data, results['margins']!.data] as [Float32Array, Float32Array]
      part.forEach((_, row) => answers.push(answerOf(losses, margins, row, this.config.layout)))
    }
    return answers
  }
}

interface Answer {
  readonly loss: number
  readonly wrong: boolean
}

/** A margin of exactly 0 is a tie, and counts as wrong. */
function answerOf(losses: Float32Array, margins: Float32Array, row: number, layout: TaskLayout): Answer {
  const digits = [row * layout.answerDigits, (row + 1) * layout.answerDigits] as const
  const loss = losses.subarray(...digits).reduce((total, digitLoss) => total + digitLoss, 0) / layout.answerDigits
  return { loss, wrong: margins.subarray(...digits).some((margin) => !(margin > 0)) }
}

/** The graph's batch size is fixed: rows that no sum fills stay 0 and are not looked at. */
function chunkOfTokens(sums: readonly Sum[], layout: TaskLayout): Tensor {
  const length = contextLength(layout)
  const tokens = new Int32Array(chunk * length)
  sums.forEach((sum, row) => tokens.set(encodeSum(sum, layout), row * length))
  return new Tensor('int32', tokens, [chunk, length])
}

function score(answers: readonly Answer[]): Score {
  const n = answers.length
  return {
    n,
    wrong: answers.filter(({ wrong }) => wrong).length,
    loss: answers.reduce((total, { loss }) => total + loss, 0) / n,
  }
}
