import { answerPosition, positionInText } from '../../core/positions'
import type { Tensor } from '../../core/tensor'
import { decimalText } from '../drawing/number-text'

type Pattern = Tensor<readonly ['layer', 'head', 'query', 'key']>

/** How much of a head's attention, from the position that predicts a digit, goes to the two digits of its column. */
function ownColumn(pattern: Pattern, layer: number, head: number, digit: number): number {
  const [, heads, queries, keys] = pattern.shape as [number, number, number, number]
  const numDigits = (keys - 2) / 3
  const row = ((layer * heads + head) * queries + answerPosition(digit, numDigits)) * keys
  return pattern.data[row + digit]! + pattern.data[row + numDigits + 1 + digit]!
}

/** Where one head looks from the position that predicts it, digit by digit. */
export function looksFinding(pattern: Pattern, layer: number, head: number): string {
  const [, heads, queries, keys] = pattern.shape as [number, number, number, number]
  const numDigits = (keys - 2) / 3
  const looks = Array.from({ length: numDigits }, (_, digit) => {
    const query = answerPosition(digit, numDigits)
    const start = ((layer * heads + head) * queries + query) * keys
    const row = Array.from(pattern.data.subarray(start, start + query + 1))
    const key = row.indexOf(Math.max(...row))
    return { query, key, attention: row[key] ?? NaN }
  })
  const keenest = looks.reduce((best, look) => (look.attention > best.attention ? look : best))
  const own = looks.map((_, digit) => `C${digit} ${decimalText(ownColumn(pattern, layer, head, digit), 2)}`)
  return (
    `Of the positions that predict, ${positionInText(keenest.query, numDigits)} looks the hardest: at ` +
    `${positionInText(keenest.key, numDigits)}, with ${decimalText(keenest.attention, 2)}. At its own column: ${own.join(', ')}.`
  )
}

/** Which head of the first layer looks most at each column's own two digits, from where that digit is predicted. */
export function columnsFinding(mean: Pattern): string {
  const [, heads, , keys] = mean.shape as [number, number, number, number]
  const best = Array.from({ length: (keys - 2) / 3 }, (_, digit) => {
    const shares = Array.from({ length: heads }, (_, head) => ownColumn(mean, 0, head, digit))
    const head = shares.indexOf(Math.max(...shares))
    return head < 0 ? `C${digit} none yet` : `C${digit} H0.${head} (${decimalText(shares[head]!, 2)})`
  })
  return `In layer 0, the most attention to a digit’s own column, A and B together, is paid by: ${best.join(', ')}.`
}
