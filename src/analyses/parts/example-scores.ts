import { axis, tensorOver } from '../../core/axis'
import type { Tensor } from '../../core/tensor'
import type { TaskLayout } from '../../core/task-layout'
import type { Sum } from '../../core/sum'
import type { ScoredBatch } from '../running/scored-run'
import { digitAxis } from './axes'
import { operandsTensor } from './operands-tensor'

/** How the model did on single sums, in the order of the data set. */
export interface ExampleResult {
  readonly operands: Tensor<readonly ['example', 'operand']>
  /** Loss of each answer digit, in nats; the right digit's probability is exp(-loss). */
  readonly exampleLoss: Tensor<readonly ['example', 'digit']>
  /** The most likely output, 0-11. */
  readonly predicted: Tensor<readonly ['example', 'digit']>
}

/** Keeps the scores of the first `atMost` sums one by one. */
export class ExampleScores {
  readonly #sums: Sum[] = []
  readonly #losses: number[] = []
  readonly #predicted: number[] = []

  constructor(
    private readonly layout: TaskLayout,
    private readonly atMost: number,
  ) {}

  add({ sums, scores }: ScoredBatch): void {
    const wanted = Math.min(sums.length, this.atMost - this.#sums.length)
    if (wanted <= 0) return
    this.#sums.push(...sums.slice(0, wanted))
    this.#losses.push(...scores.losses.subarray(0, wanted * this.layout.answerDigits))
    this.#predicted.push(...scores.predicted.subarray(0, wanted * this.layout.answerDigits))
  }

  /** Nothing where none were wanted. */
  result(): { readonly [Name in keyof ExampleResult]?: ExampleResult[Name] } {
    if (this.atMost === 0) return {}
    const axes = [axis('example', this.#sums.length), digitAxis(this.layout)] as const
    return {
      operands: operandsTensor(this.#sums),
      exampleLoss: tensorOver(axes, Float32Array.from(this.#losses), 'nats'),
      predicted: tensorOver(axes, Int32Array.from(this.#predicted)),
    }
  }
}
