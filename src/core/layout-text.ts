import type { TaskLayout } from './task-layout'

/** A layout in words, with what is not as in the published model: `3 digits, answers of 4, units first`. */
export function layoutText(layout: TaskLayout): string {
  const { operandDigits, answerDigits, answerOrder, largestFirstDigit, symbols, before } = layout
  const usualIds = symbols.every((id, token) => id === token)
  const parts = [
    operandDigits === 1 ? '1 digit' : `${operandDigits} digits`,
    answerDigits > operandDigits && `answers of ${answerDigits}`,
    answerOrder === 'leastSignificantFirst' && 'units first',
    largestFirstDigit === 9 && 'first digits 0 to 9',
    before.length === 1 && `start token ${before[0]}`,
    before.length > 1 && `${before.length} tokens before`,
    !usualIds && `+ is token ${symbols[10]}, = ${symbols[11]}${symbols[0] === 0 ? '' : `, 0 ${symbols[0]}`}`,
  ]
  return parts.filter((part) => part !== false).join(', ')
}
