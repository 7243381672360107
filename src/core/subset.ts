import { BadInput } from './bad-input'
import { columnPattern, columnsOf, hasCarry } from './columns'
import { formatEquation } from './sum-text'
import type { Sum } from './sum'
import type { TaskLayout } from './task-layout'

const everySum = () => true

/**
 * How a subset is written: `all`, `carries`, `non-carries` or a column pattern, in capitals, and the length of the cascade that it
 * wants.
 */
export interface SubsetParts {
  /** `ALL`, `*P*G`. */
  readonly word: string
  /** Null for any. */
  readonly cascade: number | null
}

export function subsetParts(text: string): SubsetParts {
  const [, word = '', cascade] = /^(.*?)(?:(?:^|\s+)cascade:(\d))?$/i.exec(text.trim())!
  return { word: (word === '' ? 'all' : word).toUpperCase(), cascade: cascade === undefined ? null : Number(cascade) }
}

/** The text that `subsetParts` reads: `*P*G cascade:2`. */
export function formatSubset({ word, cascade }: SubsetParts): string {
  const plain = /^[GPK*]*[GPK][GPK*]*$/.test(word) ? word : /^\**$/.test(word) ? 'all' : word.toLowerCase()
  if (cascade === null) return plain
  return plain === 'all' ? `cascade:${cascade}` : `${plain} cascade:${cascade}`
}

/** Through how many columns of 9 the longest carry of a sum runs; 0 where none does. */
function longestCascade(sum: Sum, layout: TaskLayout): number {
  return Math.max(...columnsOf(sum, layout).cascade)
}

/**
 * Reads a subset: `all`, `carries` (some column carries), `non-carries`, or a column pattern with one of G, P, K or `*` for
 * each digit, most significant first; behind any of these, or alone, `cascade:2`, the number of columns of 9 that the longest
 * carry runs through. Returns the test of membership. Throws BadInput for anything else.
 */
export function parseSubset(text: string, layout: TaskLayout): (sum: Sum) => boolean {
  const { word, cascade } = subsetParts(text)
  const belongs = ofWord(word, text, layout)
  if (cascade === null) return belongs
  return (sum) => belongs(sum) && longestCascade(sum, layout) === cascade
}

function ofWord(word: string, text: string, layout: TaskLayout): (sum: Sum) => boolean {
  if (word === 'ALL') return everySum
  if (word === 'CARRIES') return (sum) => hasCarry(sum, layout)
  if (word === 'NON-CARRIES') return (sum) => !hasCarry(sum, layout)
  if (!/^[GPK*]+$/.test(word))
    throw new BadInput(
      `"${text}" is not a subset: write all, carries, non-carries or a column pattern such as ${examplePattern(layout)}.`,
    )
  if (word.length !== layout.answerDigits)
    throw new BadInput(
      `The column pattern "${text}" has ${word.length} columns where this model has ${layout.answerDigits}: write one of G, P, K or * ` +
        `for each, as in ${examplePattern(layout)}.`,
    )
  return (sum) => matchesPattern(columnPattern(sum, layout), word)
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

/** Why a pattern can have no sum, whichever are drawn; null where it can. */
function impossible(subset: string, { operandDigits, answerDigits, largestFirstDigit }: TaskLayout): string | null {
  const { word } = subsetParts(subset)
  const wanted = /^[GPK*]+$/.test(word) ? word[0] : '*'
  if (wanted !== 'G' && wanted !== 'P') return null
  if (answerDigits > operandDigits) return `No sum matches ${word}: column 0 is empty but for the carry into it.`
  return largestFirstDigit === 4 ? `No sum matches ${word}: leading digits are below 5.` : null
}

function emptySubset(sums: readonly Sum[], subset: string, layout: TaskLayout): string {
  const never = impossible(subset, layout)
  if (never) return never
  const found =
    sums.length === 1
      ? `The one sum of this dataset, ${formatEquation(sums[0]!, layout)}, is not in`
      : `None of the ${sums.length} sums of this dataset is in`
  return `${found} the subset "${subset}": choose another subset, more sums or another seed.`
}

function examplePattern({ answerDigits }: TaskLayout): string {
  return '*P*G*P*G*'.slice(0, answerDigits)
}
