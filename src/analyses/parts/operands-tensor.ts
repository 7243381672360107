import { tensor } from '../../core/tensor'
import type { Sum } from '../../core/sum'

/** Sums told one by one: `[example, operand]`, a and b. */
export function operandsTensor(sums: readonly Sum[]) {
  const flat = sums.flatMap(({ a, b }) => [a, b])
  return tensor(['example', 'operand'], [sums.length, 2], Int32Array.from(flat), { labels: { operand: ['a', 'b'] } })
}
