import { columnsBeforeOperands, type TaskLayout } from './task-layout'

/**
 * Every column pattern that a sum can have, most significant first. A column above which no operand has a digit is K, and so
 * is the operands' first where they begin with 0 to 4: four digits of the published layout have 27.
 */
export function columnPatterns(layout: TaskLayout): string[] {
  const fixed = alwaysKill(layout)
  let patterns = ['K'.repeat(fixed)]
  for (let column = fixed; column < layout.answerDigits; column++)
    patterns = patterns.flatMap((pattern) => ['K', 'P', 'G'].map((name) => pattern + name))
  return patterns
}

/** How many columns, from the first, are K in every sum. */
export function alwaysKill(layout: TaskLayout): number {
  return columnsBeforeOperands(layout) + (layout.largestFirstDigit === 4 ? 1 : 0)
}
