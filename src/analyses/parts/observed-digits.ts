import { indexOfLargest } from '../../core/softmax'
import type { Tensor } from '../../core/tensor'
import type { ModelConfig } from '../../model/config'
import { rowOfDigit } from './answer-row'

/** The most likely of all outputs for each answer digit, row-major [example, digit], of logits [example, position, vocab]. */
export function observedDigits({ data, shape }: Tensor, { layout, d_vocab, ...rest }: ModelConfig): Uint8Array {
  const [examples, rows] = shape as [number, number]
  const observed = new Uint8Array(examples * layout.answerDigits)
  for (let digit = 0; digit < layout.answerDigits; digit++) {
    const row = rowOfDigit(rows, digit, { layout, d_vocab, ...rest })
    for (let example = 0; example < examples; example++)
      observed[example * layout.answerDigits + digit] = indexOfLargest(data, (example * rows + row) * d_vocab, d_vocab)
  }
  return observed
}
