import type { TaskLayout } from '../../core/task-layout'
import { lines } from '../python/python'

/** `operands`: a and b of every sum as numbers. */
export function operandsCode({ operandDigits, before }: TaskLayout): string {
  const [first, second] = [before.length, before.length + operandDigits + 1]
  return lines(
    `place = 10 ** torch.arange(${operandDigits - 1}, -1, -1)`,
    `a, b = (tokens[:, first : first + ${operandDigits}] for first in (${first}, ${second}))`,
    'operands = torch.stack([(a * place).sum(1), (b * place).sum(1)], 1)',
  )
}
