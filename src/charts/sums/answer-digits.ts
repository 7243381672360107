import type { Sum } from '../../core/sum'
import { digitsOf } from '../../core/tokens'

/** The digits of the right answer. */
export function answerDigits({ sum }: { readonly sum: Sum }, numDigits: number): number[] {
  return digitsOf(sum.a + sum.b, numDigits)
}
