import { BadInput } from './bad-input'
import type { Sum } from './sum'

/** Operands of numDigits digits are below this, so that the answer has no more digits than they do. */
export function operandLimit(numDigits: number): number {
  return operandLimits[numDigits]!
}

/** Looked up, because evaluating every sum asks twice for each of them, and powers are slow. */
const operandLimits = Array.from({ length: 10 }, (_, numDigits) => 10 ** numDigits / 2)

/** An operand or answer as it is written: padded with zeros to numDigits. */
export function formatNumber(number: number, numDigits: number): string {
  return String(number).padStart(numDigits, '0')
}

/** A sum as it is written, without its answer: `0005+1606`. */
export function formatSum(sum: Sum, numDigits: number): string {
  return `${formatNumber(sum.a, numDigits)}+${formatNumber(sum.b, numDigits)}`
}

/** A sum with its right answer: `2968+1606=4574`. */
export function formatEquation(sum: Sum, numDigits: number): string {
  return `${formatSum(sum, numDigits)}=${formatNumber(sum.a + sum.b, numDigits)}`
}

/** Reads `2968+1606`; spaces do not matter. Throws BadInput where it is unfinished, malformed or out of range. */
export function parseSum(text: string, numDigits: number): Sum {
  const operands = text.replaceAll(/\s/g, '').split('+')
  if (operands.length !== 2)
    throw new BadInput(
      `"${text}" is not a sum: write two numbers of ${numDigits} digits with one + between them, as in ${example(numDigits)}.`,
    )
  const [a, b] = operands.map((operand) => parseOperand(operand, text, numDigits)) as [number, number]
  return { a, b }
}

/** Throws BadInput unless both operands are whole numbers that this number of digits can hold. */
export function checkSum(sum: Sum, numDigits: number): void {
  for (const operand of [sum.a, sum.b])
    if (!Number.isInteger(operand) || operand < 0 || operand >= operandLimit(numDigits))
      throw new BadInput(outOfRange(String(operand), numDigits))
}

function parseOperand(operand: string, text: string, numDigits: number): number {
  if (!/^\d*$/.test(operand))
    throw new BadInput(
      `"${operand}" in the sum "${text}" is not a number: write ${numDigits} digits, as in ${example(numDigits)}.`,
    )
  if (operand.length !== numDigits)
    throw new BadInput(
      `"${operand}" in the sum "${text}" has ${operand.length} digits where ${numDigits} are wanted: write every digit, ` +
        `leading zeros too, as in ${example(numDigits)}.`,
    )
  if (Number(operand) >= operandLimit(numDigits)) throw new BadInput(outOfRange(operand, numDigits))
  return Number(operand)
}

function outOfRange(operand: string, numDigits: number): string {
  const largest = formatNumber(operandLimit(numDigits) - 1, numDigits)
  return (
    `${operand} is out of range: this model adds whole numbers from ${formatNumber(0, numDigits)} to ${largest}, ` +
    `so that the answer fits in ${numDigits} digits; choose an operand in that range.`
  )
}

function example(numDigits: number): string {
  return formatSum({ a: Number('296812'.slice(0, numDigits)), b: Number('160645'.slice(0, numDigits)) }, numDigits)
}
