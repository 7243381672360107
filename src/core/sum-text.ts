import { BadInput } from './bad-input'
import type { Sum } from './sum'
import { answerOf, operandLimit, type TaskLayout } from './task-layout'

/** An operand or answer as it is written: padded with zeros to `count` digits. */
export function formatNumber(number: number, count: number): string {
  return String(number).padStart(count, '0')
}

/** A sum as it is written, without its answer: `0005+1606`. */
export function formatSum(sum: Sum, { operandDigits }: TaskLayout): string {
  return `${formatNumber(sum.a, operandDigits)}+${formatNumber(sum.b, operandDigits)}`
}

/** A sum as far as it is typed, by the digits of its two operands: `29_8+1606`. */
export function formatTypedSum(digits: readonly (number | null)[]): string {
  const text = digits.map((digit) => digit ?? '_').join('')
  return `${text.slice(0, text.length / 2)}+${text.slice(text.length / 2)}`
}

/** A sum with its right answer: `2968+1606=4574`. */
export function formatEquation(sum: Sum, layout: TaskLayout): string {
  return `${formatSum(sum, layout)}=${formatAnswer(sum, layout)}`
}

/** The right answer as it is said, most significant digit first: `4574`. */
export function formatAnswer(sum: Sum, layout: TaskLayout): string {
  return formatNumber(answerOf(sum, layout), layout.answerDigits)
}

/** Reads `2968+1606`; spaces do not matter. Throws BadInput where it is unfinished, malformed or out of range. */
export function parseSum(text: string, layout: TaskLayout): Sum {
  const operands = text.replaceAll(/\s/g, '').split('+')
  if (operands.length !== 2)
    throw new BadInput(
      `"${text}" is not a sum: write two numbers of ${layout.operandDigits} digits with one + between them, as in ${example(layout)}.`,
    )
  const [a, b] = operands.map((operand) => parseOperand(operand, text, layout)) as [number, number]
  return { a, b }
}

/** Throws BadInput unless both operands are whole numbers that this number of digits can hold. */
export function checkSum(sum: Sum, layout: TaskLayout): void {
  for (const operand of [sum.a, sum.b])
    if (!Number.isInteger(operand) || operand < 0 || operand >= operandLimit(layout))
      throw new BadInput(outOfRange(String(operand), layout))
}

function parseOperand(operand: string, text: string, layout: TaskLayout): number {
  const { operandDigits } = layout
  if (!/^\d*$/.test(operand))
    throw new BadInput(
      `"${operand}" in the sum "${text}" is not a number: write ${operandDigits} digits, as in ${example(layout)}.`,
    )
  if (operand.length !== operandDigits)
    throw new BadInput(
      `"${operand}" in the sum "${text}" has ${operand.length} digits where ${operandDigits} are wanted: write every digit, ` +
        `leading zeros too, as in ${example(layout)}.`,
    )
  if (Number(operand) >= operandLimit(layout)) throw new BadInput(outOfRange(operand, layout))
  return Number(operand)
}

function outOfRange(operand: string, layout: TaskLayout): string {
  const { operandDigits, answerDigits, largestFirstDigit } = layout
  const largest = formatNumber(operandLimit(layout) - 1, operandDigits)
  const why = largestFirstDigit === 4 ? ` so that the answer fits in ${answerDigits} digits;` : ''
  return (
    `${operand} is out of range: this model adds whole numbers from ${formatNumber(0, operandDigits)} to ${largest},` +
    `${why} choose an operand in that range.`
  )
}

function example({ operandDigits }: TaskLayout): string {
  return `${'29681234'.slice(0, operandDigits)}+${'16064512'.slice(0, operandDigits)}`
}
