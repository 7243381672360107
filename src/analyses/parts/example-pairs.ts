import { axis, tensorOver } from '../../core/axis'
import type { Tensor } from '../../core/tensor'
import type { TaskLayout } from '../../core/task-layout'
import { digitAxis } from './axes'
import { operandsTensor } from './operands-tensor'
import type { SumPairs } from './paired-sums'

/** What the model answered to single pairs, in the order of the data set. */
export interface ExamplePairsResult {
  readonly operands: Tensor<readonly ['example', 'operand']>
  readonly donorOperands: Tensor<readonly ['example', 'operand']>
  /** The most likely output after the transplant, 0-11. */
  readonly observed: Tensor<readonly ['example', 'digit']>
}

/** Keeps the first `atMost` pairs one by one, with what was observed. */
export class ExamplePairs {
  readonly #recipients: SumPairs['recipients'][number][] = []
  readonly #donors: SumPairs['donors'][number][] = []
  readonly #observed: number[] = []

  constructor(
    private readonly layout: TaskLayout,
    private readonly atMost: number,
  ) {}

  /** `observed` are the model's digits after the transplant, [pair, digit]. */
  add({ recipients, donors }: SumPairs, observed: Uint8Array): void {
    const wanted = Math.min(recipients.length, this.atMost - this.#recipients.length)
    if (wanted <= 0) return
    this.#recipients.push(...recipients.slice(0, wanted))
    this.#donors.push(...donors.slice(0, wanted))
    this.#observed.push(...observed.subarray(0, wanted * this.layout.answerDigits))
  }

  /** Nothing where none were wanted. */
  result(): { readonly [Name in keyof ExamplePairsResult]?: ExamplePairsResult[Name] } {
    if (this.atMost === 0) return {}
    const axes = [axis('example', this.#recipients.length), digitAxis(this.layout)] as const
    return {
      operands: operandsTensor(this.#recipients),
      donorOperands: operandsTensor(this.#donors),
      observed: tensorOver(axes, Int32Array.from(this.#observed)),
    }
  }
}
