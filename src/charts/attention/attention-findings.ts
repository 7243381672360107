import { answerPosition, operandPosition, plusPosition, positionInText } from '../../core/positions'
import { columnsBeforeOperands, type TaskLayout } from '../../core/task-layout'
import { decimalText } from '../drawing/number-text'
import type { AttentionInput } from './attention'

type Pattern = AttentionInput['pattern']

/** The answer digit of a column of the operands: `C1`. */
function digitOf(column: number, layout: TaskLayout): string {
  return `C${column + columnsBeforeOperands(layout)}`
}

/** How much of a head's attention, from the position that predicts a digit, goes to the two digits of its column. */
function ownColumn({ pattern, layer, head, layout }: AttentionInput, column: number): number {
  const [, heads, queries, keys] = pattern.shape as [number, number, number, number]
  const query = answerPosition(column + columnsBeforeOperands(layout), layout)
  const row = ((layer * heads + head) * queries + query) * keys
  return pattern.data[row + operandPosition(layout) + column]! + pattern.data[row + plusPosition(layout) + 1 + column]!
}

/** Where one head looks from the position that predicts it, digit by digit. */
export function looksFinding(input: AttentionInput): string {
  const { pattern, layer, head, layout } = input
  const [, heads, queries, keys] = pattern.shape as [number, number, number, number]
  const looks = Array.from({ length: layout.answerDigits }, (_, digit) => {
    const query = answerPosition(digit, layout)
    const start = ((layer * heads + head) * queries + query) * keys
    const row = Array.from(pattern.data.subarray(start, start + query + 1))
    const key = row.indexOf(Math.max(...row))
    return { query, key, attention: row[key] ?? NaN }
  })
  const keenest = looks.reduce((best, look) => (look.attention > best.attention ? look : best))
  const own = Array.from({ length: layout.operandDigits }, (_, column) => {
    return `${digitOf(column, layout)} ${decimalText(ownColumn(input, column), 2)}`
  })
  return (
    `Of the positions that predict, ${positionInText(keenest.query, layout)} looks the hardest: at ` +
    `${positionInText(keenest.key, layout)}, with ${decimalText(keenest.attention, 2)}. At its own column: ${own.join(', ')}.`
  )
}

/** Which head of the first layer looks most at each column's own two digits, from where that digit is predicted. */
export function columnsFinding(pattern: Pattern, layout: TaskLayout): string {
  const heads = pattern.shape[1]!
  const best = Array.from({ length: layout.operandDigits }, (_, column) => {
    const digit = digitOf(column, layout)
    const shares = Array.from({ length: heads }, (_, head) => ownColumn({ pattern, layer: 0, head, layout }, column))
    const head = shares.indexOf(Math.max(...shares))
    return head < 0 ? `${digit} none yet` : `${digit} H0.${head} (${decimalText(shares[head]!, 2)})`
  })
  return `In layer 0, the most attention to a digit’s own column, A and B together, is paid by: ${best.join(', ')}.`
}
