import { columnsOf } from '../../core/columns'
import type { Sum } from '../../core/sum'
import type { TaskLayout } from '../../core/task-layout'

/** How many sums are drawn at most until one has another carry. */
export const mostDraws = 400

/**
 * The first of these sums whose carry into a digit is another than a sum's, so that there is something to move. Into the last
 * digit nothing carries: then the first that is another sum. Null where there is none.
 */
export function otherCarryDonor(sums: readonly Sum[], sum: Sum, digit: number, layout: TaskLayout): Sum | null {
  const own = columnsOf(sum, layout).carryIn[digit]
  const isOther = ({ a, b }: Sum) => a !== sum.a || b !== sum.b
  return sums.find((other) => columnsOf(other, layout).carryIn[digit] !== own) ?? sums.find(isOther) ?? null
}
