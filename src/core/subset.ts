import { BadInput } from './bad-input'
import { columnPattern, hasCarry } from './columns'
import { formatEquation } from './sum-text'
import type { Sum } from './sum'
import type { TaskLayout } from './task-layout'

const everySum = () => true

/**
 * Reads a subset: `all`, `carries` (some column carries), `non-carries`, or a column pattern with one of G, P, K or `*` for
 * each digit, most significant first. Returns the test of membership. Throws BadInput for anything else.
 */
export function parseSubset(text: string, layout: TaskLayout): (sum: Sum) => boolean {
  const word = text.trim()
  if (word === 'all') return everySum
  if (word === 'carries') return (sum) => hasCarry(sum, layout)
  if (word === 'non-carries') return (sum) => !hasCarry(sum, layout)
  const pattern = word.toUpperCase()
  if (!/^[GPK*]+$/.test(pattern))
    throw new BadInput(
      `"${text}" is not a subset: write all, carries, non-carries or a column pattern such as ${examplePattern(layout)}.`,
    )
  if (pattern.length !== layout.answerDigits)
    throw new BadInput(
      `The column pattern "${text}" has ${pattern.length} columns where this model has ${layout.answerDigits}: write one of G, P, K or * ` +
        `for each, as in ${examplePattern(layout)}.`,
    )
  return (sum) => matchesPattern(columnPattern(sum, layout), pattern)
}

/** The sums that belong to a subset, in order; all of them are no copy. Throws BadInput where none does. */
export function sumsOfSubset(sums: readonly Sum[], subset: string, layout: TaskLayout): readonly Sum[] {
  const belongs = parseSubset(subset, layout)
  const chosen = belongs === everySum ? sums : sums.filter(belongs)
  if (chosen.length === 0) throw new BadInput(emptySubset(sums, subset, layout))
  return chosen
}

function matchesPattern(classes: string, pattern: string): boolean {
  return Array.from(pattern).every((wanted, column) => wanted === '*' || wanted === classes[column])
}

function emptySubset(sums: readonly Sum[], subset: string, layout: TaskLayout): string {
  const found =
    sums.length === 1
      ? `The one sum of this dataset, ${formatEquation(sums[0]!, layout)}, is not in`
      : `None of the ${sums.length} sums of this dataset is in`
  return `${found} the subset "${subset}": choose another subset, more sums or another seed.`
}

function examplePattern({ answerDigits }: TaskLayout): string {
  return '*P*G*P*G*'.slice(0, answerDigits)
}
