import { counted, countText, listed } from '../../core/counted'
import { answerPosition, positionInText } from '../../core/positions'
import type { Tensor } from '../../core/tensor'
import { decimalText, lossText, percentText } from '../drawing/number-text'
import type { CarryClassRow } from './carry-classes'
import { gridPoints, type CarryGridInput } from './carry-attention-grid'

/** Below this many sums a class' scores say little. */
export const fewSums = 10

/** Where a carry moves the last layer's attention the most. */
export function carryMovesFinding(input: CarryGridInput): string {
  const digits = input.mean.shape[1]!
  const moves = Array.from({ length: digits }, (_, focus) => {
    const points = gridPoints(input, focus)
    const without = new Map(
      points.filter(({ group }) => group === 'noCarry').map((point) => [`${point.head} ${point.key}`, point.mean]),
    )
    return points
      .filter(({ group }) => group === 'carry')
      .map((point) => ({ ...point, focus, before: without.get(`${point.head} ${point.key}`) ?? NaN }))
  }).flat()
  const known = moves.filter(({ mean, before }) => !Number.isNaN(mean - before))
  if (known.length === 0) return 'These sums do not tell a carry from none: one of the two groups is empty.'
  const most = known.reduce((best, move) =>
    Math.abs(move.mean - move.before) > Math.abs(best.mean - best.before) ? move : best,
  )
  const from = positionInText(answerPosition(most.focus, input.layout), input.layout)
  const to = positionInText(input.mean.labels.key?.indexOf(most.key) ?? 0, input.layout)
  return `A carry moves ${most.head} the most, from ${from}: its attention to ${to} is ${decimalText(most.mean, 2)} with a carry, ${decimalText(most.before, 2)} without.`
}

/** The class that goes worst, among those of enough sums to tell. */
export function classesFinding(rows: readonly CarryClassRow[]): string {
  const large = rows.filter(({ n }) => n >= fewSums)
  const from = large.length > 0 ? large : rows
  if (from.length === 0) return 'There are no sums to tell of.'
  const worst = from.reduce((least, row) =>
    row.nowExact < least.nowExact || (row.nowExact === least.nowExact && row.nowLoss > least.nowLoss) ? row : least,
  )
  const classes = from.length === 1 ? '1 class' : `${from.length} classes`
  const among = large.length > 0 ? `Of ${classes} with ${fewSums} sums or more` : `Of ${classes}, all small`
  if (worst.nowExact === 1)
    return `${among} all are right in every sum; ${worst.pattern} has the largest loss, ${lossText(worst.nowLoss)} nats.`
  return `${among}, ${worst.pattern} goes worst: ${percentText(worst.nowExact)} % of its ${counted(worst.n, 'sum')} right, loss ${lossText(worst.nowLoss)} nats.`
}

/** How many sums carry, and into which columns; where a carry leaves the most significant column no digit shows it. */
export function carriesFinding(n: number, any: number, perColumn: Tensor): string {
  const digits = perColumn.labels['digit'] ?? []
  const into = perColumn.labels['definition']?.indexOf('carryIn') ?? 0
  const columns = digits.map((digit, at) => `${countText(perColumn.data[into * digits.length + at]!)} into ${digit}`)
  return `${countText(any)} of ${counted(n, 'sum')} ${any === 1 ? 'carries' : 'carry'} somewhere: ${listed(columns.slice(0, -1))}.`
}

/** How many of the sums that are listed carry from one column into the next. */
export function sumsFinding(n: number, carrying: number): string {
  return `Of ${counted(n, 'sum')} listed, ${countText(carrying)} ${carrying === 1 ? 'has' : 'have'} a carry from one column into the next.`
}
