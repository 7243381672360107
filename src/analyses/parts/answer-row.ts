import { answerPosition, equalsPosition } from '../../core/positions'
import type { ModelConfig } from '../../model/config'

/**
 * The row of a position (or query) axis that belongs to a position. Activations hold every position or, narrowed, only
 * those that predict the answer, in the order of its digits; the axis' extent tells which. Of a position without a row the
 * number that it would have: rows follow positions in equal steps.
 */
export function rowOfPosition(extent: number, position: number, { n_ctx, layout }: ModelConfig): number {
  if (extent === n_ctx) return position
  const written = position - equalsPosition(layout)
  return layout.answerOrder === 'mostSignificantFirst' ? written : layout.answerDigits - 1 - written
}

/** The row on which an answer digit is predicted. */
export function rowOfDigit(extent: number, digit: number, config: ModelConfig): number {
  return rowOfPosition(extent, answerPosition(digit, config.layout), config)
}
