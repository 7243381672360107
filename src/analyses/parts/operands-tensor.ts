import { axis, tensorOver } from '../../core/axis'
import type { Sum } from '../../core/sum'

/** Sums told one by one: `[example, operand]`, a and b. */
export function operandsTensor(sums: readonly Sum[]) {
  const flat = sums.flatMap(({ a, b }) => [a, b])
  return tensorOver([axis('example', sums.length), axis('operand', ['a', 'b'])], Int32Array.from(flat))
}
