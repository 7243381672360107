import type { Sum } from './sum'
import type { TaskLayout } from './task-layout'
import { digitsOf } from './tokens'

/** Generate: the digits add to 10 or more. Propagate: to 9, so a carry passes through. Kill: to 8 or less. */
export type ColumnClass = 'G' | 'P' | 'K'

/**
 * The arithmetic of a sum, column by column: column i is that of answer digit Ci. Where the answer has a digit more than the
 * operands, nothing is added in column 0, whose digit is the carry into it.
 */
export interface Columns {
  readonly classes: readonly ColumnClass[]
  /** Whether the column to the right carries into this one. */
  readonly carryIn: readonly boolean[]
  /** Whether this column carries into the one to its left. */
  readonly carryOut: readonly boolean[]
  /** How many propagate columns the carry into this column ran through; 0 without a carry or straight after its source. */
  readonly cascade: readonly number[]
}

export function columnsOf(sum: Sum, layout: TaskLayout): Columns {
  const { answerDigits: count } = layout
  const digitsA = digitsOf(sum.a, count)
  const digitsB = digitsOf(sum.b, count)
  const classes = digitsA.map((digit, column) => classOf(digit + digitsB[column]!))
  const carryIn = new Array<boolean>(count)
  const carryOut = new Array<boolean>(count)
  const cascade = new Array<number>(count)
  let carry = false
  let passed = 0
  for (let column = count - 1; column >= 0; column--) {
    carryIn[column] = carry
    cascade[column] = carry ? passed : 0
    passed = classes[column] === 'P' ? passed + 1 : 0
    carry = classes[column] === 'G' || (classes[column] === 'P' && carry)
    carryOut[column] = carry
  }
  return { classes, carryIn, carryOut, cascade }
}

/** The column classes as one word, most significant first: `KGPG`. */
export function columnPattern(sum: Sum, layout: TaskLayout): string {
  return columnsOf(sum, layout).classes.join('')
}

/** Whether any column carries out: a generate column always does, and without one no carry ever starts. */
export function hasCarry(sum: Sum, layout: TaskLayout): boolean {
  return columnPattern(sum, layout).includes('G')
}

/** The class of a column whose digits add to this. */
export function classOf(digitSum: number): ColumnClass {
  if (digitSum >= 10) return 'G'
  return digitSum === 9 ? 'P' : 'K'
}
