import { BadInput } from '../../core/bad-input'
import type { Sum } from '../../core/sum'
import { digitsOf, logitLabels } from '../../core/tokens'
import { columnSumsOf, type ColumnSums } from '../../core/column-hypothesis'
import type { TaskLayout } from '../../core/task-layout'

/** What targets are told from. */
export interface SumFacts extends ColumnSums {
  readonly sum: Sum
}

/** What a probe is to find out about a sum. */
export interface ProbeTarget {
  /** `carryIn:C1`, `class:2`, `sum:3` or `digit:A2`. */
  readonly name: string
  readonly labels: readonly string[]
  /** The answer digit that it is, if it is one. */
  readonly answerDigit?: number
  /** Index in `labels`. */
  readonly labelOf: (facts: SumFacts) => number
}

/** The facts about each sum, which serve every target. */
export function factsOf(sums: readonly Sum[], layout: TaskLayout): SumFacts[] {
  return sums.map((sum) => ({ sum, ...columnSumsOf(sum, layout) }))
}

/**
 * Reads a target. `carryIn:C1`: whether a carry enters C1's column. `class:2`: whether column 2 kills, propagates or generates.
 * `sum:3`: the last digit of what column 3 adds up to, without a carry. `digit:A2`: a digit of an operand, or `digit:C2` of the
 * answer. Throws BadInput.
 */
export function parseProbeTarget(text: string, layout: TaskLayout): ProbeTarget {
  const match = /^(?:(carryin):c(\d)|(class|sum):(\d)|(digit):([abc])(\d))$/i.exec(text.trim())
  const column = Number(match?.[2] ?? match?.[4] ?? match?.[7])
  if (!match || column >= layout.answerDigits)
    throw new BadInput(
      `"${text}" is no target of a probe: write carryIn:C1, class:2, sum:3 or digit:A2, with columns from 0 to ${layout.answerDigits - 1}.`,
    )
  if (match[1]) return carryTarget(column)
  if (match[3]) return match[3].toLowerCase() === 'class' ? classTarget(column) : sumTarget(column)
  const number = match[6]!.toUpperCase()
  if (number !== 'C' && column >= layout.operandDigits)
    throw new BadInput(
      `"${text}" is no target of a probe: operands have the digits ${number}0 to ${number}${layout.operandDigits - 1}; name one of these.`,
    )
  return digitTarget(number, column, layout)
}

/** What a probe map asks for: every carry, class and sum of a column, and every digit of the answer. */
export function mapTargets(layout: TaskLayout): ProbeTarget[] {
  const columns = Array.from({ length: layout.answerDigits }, (_, column) => column)
  return [
    ...columns.slice(0, -1).map(carryTarget),
    ...columns.slice(1).map(classTarget),
    ...columns.map(sumTarget),
    ...columns.map((column) => digitTarget('C', column, layout)),
  ]
}

function carryTarget(column: number): ProbeTarget {
  return {
    name: `carryIn:C${column}`,
    labels: ['none', 'carry'],
    labelOf: ({ columns }) => (columns.carryIn[column]! ? 1 : 0),
  }
}

function classTarget(column: number): ProbeTarget {
  const labels = ['K', 'P', 'G']
  return {
    name: `class:${column}`,
    labels,
    labelOf: ({ columns }) => labels.indexOf(columns.classes[column]!),
  }
}

function sumTarget(column: number): ProbeTarget {
  return {
    name: `sum:${column}`,
    labels: logitLabels,
    labelOf: ({ sums }) => sums[column]! % 10,
  }
}

function digitTarget(number: string, column: number, layout: TaskLayout): ProbeTarget {
  const answer = ({ sums, columns }: SumFacts) => (sums[column]! + (columns.carryIn[column]! ? 1 : 0)) % 10
  const operand = ({ sum: { a, b } }: SumFacts) => digitsOf(number === 'A' ? a : b, layout.operandDigits)[column]!
  return {
    name: `digit:${number}${column}`,
    labels: logitLabels,
    ...(number === 'C' && { answerDigit: column }),
    labelOf: number === 'C' ? answer : operand,
  }
}
