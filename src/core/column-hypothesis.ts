import { BadInput } from './bad-input'
import { columnsOf, type Columns } from './columns'
import { digitLabels } from './positions'
import type { Sum } from './sum'
import type { TaskLayout } from './task-layout'
import { digitsOf } from './tokens'

/** A sum as its columns: what each adds up to without a carry, and what carries into it. Index 0 is the most significant. */
export interface ColumnSums {
  readonly sums: readonly number[]
  readonly columns: Columns
}

export function columnSumsOf(sum: Sum, layout: TaskLayout): ColumnSums {
  const b = digitsOf(sum.b, layout.answerDigits)
  return {
    sums: digitsOf(sum.a, layout.answerDigits).map((digit, column) => digit + b[column]!),
    columns: columnsOf(sum, layout),
  }
}

/**
 * One variable of the addition that a transplant is supposed to move. `carry`: the carry that digit C{column} adds, for that
 * digit alone. `class`: whether a column generates, propagates or kills; the carries to its left follow. `sum`: what the column
 * adds up to; its digit and the carries to its left follow. `digits` are those that it is moved for, where not all.
 */
export interface ColumnVariable {
  readonly kind: 'carry' | 'class' | 'sum'
  readonly column: number
  readonly digits?: readonly number[]
}

/** Reads `carry:C2`, `class:2`, `sum:3`, or for some digits only `class:3@C1,C0`. Throws BadInput. */
export function parseColumnVariable(text: string, layout: TaskLayout): ColumnVariable {
  const match = /^(?:(carry):c(\d)|(class|sum):(\d))(?:@(c\d(?:,c\d)*))?$/i.exec(text.trim())
  if (!match)
    throw new BadInput(
      `"${text}" is not a variable of the addition: write carry:C2, class:2 or sum:3, with @C1,C0 for some digits only.`,
    )
  const kind = (match[1] ?? match[3])!.toLowerCase() as ColumnVariable['kind']
  const column = columnWithin(Number(match[2] ?? match[4]), layout)
  const digits = match[5]?.split(',').map((digit) => columnWithin(Number(digit.slice(1)), layout))
  return digits ? { kind, column, digits } : { kind, column }
}

/**
 * The answer's digits if every variable of the recipient were the donor's. With `binary` a moved class knows only carry or
 * none: a column of 9 passes nothing on.
 */
export function predictedDigits(
  recipient: ColumnSums,
  donor: ColumnSums,
  moved: readonly ColumnVariable[],
  binary = false,
): number[] {
  return recipient.sums.map((_, digit) => digitWith(digit, recipient, donor, movingDigit(moved, digit), binary))
}

/** The variables that a digit's prediction depends on, were they the donor's. */
export function movingDigit(moved: readonly ColumnVariable[], digit: number): ColumnVariable[] {
  return moved.filter(({ kind, column, digits }) => {
    if (digits && !digits.includes(digit)) return false
    if (kind === 'carry') return digits ? column >= digit : column === digit
    return kind === 'sum' ? column >= digit : column > digit
  })
}

/** One digit of the answer, computed from the right with the moved variables in place. */
function digitWith(
  digit: number,
  recipient: ColumnSums,
  donor: ColumnSums,
  moving: readonly ColumnVariable[],
  binary: boolean,
): number {
  let carry = false
  for (let column = recipient.sums.length - 1; column >= digit; column--) {
    const has = (kind: ColumnVariable['kind']) => moving.some((one) => one.kind === kind && one.column === column)
    if (has('carry')) carry = donor.columns.carryIn[column]!
    const own = has('sum') ? donor : recipient
    if (column === digit) return (own.sums[column]! + (carry ? 1 : 0)) % 10
    const classes = (has('class') ? donor : own).columns.classes[column]!
    carry = classes === 'G' || (classes === 'P' && carry && !(binary && has('class')))
  }
  return NaN
}

function columnWithin(column: number, layout: TaskLayout): number {
  if (column < layout.answerDigits) return column
  throw new BadInput(
    `There is no column ${column}: the sums of this model have ${digitLabels(layout.answerDigits).join(' ')}.`,
  )
}
