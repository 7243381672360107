import type { Sum } from './sum'
import { digitsOf } from './tokens'

/** Generate: the digits add to 10 or more. Propagate: to 9, so a carry passes through. Kill: to 8 or less. */
export type ColumnClass = 'G' | 'P' | 'K'

/** The arithmetic of a sum, column by column; index 0 is the most significant. */
export interface Columns {
  readonly classes: readonly ColumnClass[]
  /** Whether the column to the right carries into this one. */
  readonly carryIn: readonly boolean[]
  /** Whether this column carries into the one to its left. */
  readonly carryOut: readonly boolean[]
  /** How many propagate columns the carry into this column ran through; 0 without a carry or straight after its source. */
  readonly cascade: readonly number[]
}

export function columnsOf(sum: Sum, numDigits: number): Columns {
  const digitsA = digitsOf(sum.a, numDigits)
  const digitsB = digitsOf(sum.b, numDigits)
  const classes = digitsA.map((digit, column) => classOf(digit + digitsB[column]!))
  const carryIn = new Array<boolean>(numDigits)
  const carryOut = new Array<boolean>(numDigits)
  const cascade = new Array<number>(numDigits)
  let carry = false
  let passed = 0
  for (let column = numDigits - 1; column >= 0; column--) {
    carryIn[column] = carry
    cascade[column] = carry ? passed : 0
    passed = classes[column] === 'P' ? passed + 1 : 0
    carry = classes[column] === 'G' || (classes[column] === 'P' && carry)
    carryOut[column] = carry
  }
  return { classes, carryIn, carryOut, cascade }
}

/** The column classes as one word, most significant first: `KGPG`. */
export function columnPattern(sum: Sum, numDigits: number): string {
  return columnsOf(sum, numDigits).classes.join('')
}

/** Whether any column carries out: a generate column always does, and without one no carry ever starts. */
export function hasCarry(sum: Sum, numDigits: number): boolean {
  return columnPattern(sum, numDigits).includes('G')
}

function classOf(digitSum: number): ColumnClass {
  if (digitSum >= 10) return 'G'
  return digitSum === 9 ? 'P' : 'K'
}
