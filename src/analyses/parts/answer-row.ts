import { answerPosition, equalsPosition } from '../../core/positions'
import type { ModelConfig } from '../../model/config'

/**
 * The row of a position (or query) axis that belongs to a position. Activations hold every position or, narrowed, only
 * those that predict the answer; the axis' extent tells which.
 */
export function rowOfPosition(extent: number, position: number, { n_ctx, numDigits }: ModelConfig): number {
  return extent === n_ctx ? position : position - equalsPosition(numDigits)
}

/** The row on which an answer digit is predicted. */
export function rowOfDigit(extent: number, digit: number, config: ModelConfig): number {
  return rowOfPosition(extent, answerPosition(digit, config.numDigits), config)
}
