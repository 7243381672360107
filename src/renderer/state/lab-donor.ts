import { columnsOf } from '../../core/columns'
import type { Sum } from '../../core/sum'
import type { TaskLayout } from '../../core/task-layout'
import type { DigitKeeper } from './sum-entry.svelte'

type Digits = readonly (number | null)[]

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

/** The donor as typing a sum wants it: what is changed is kept on the bench. */
export class DonorKeeper implements DigitKeeper {
  constructor(
    private readonly lab: {
      readonly donorDigits: Digits
      change(parts: { readonly donor: Digits }): void
    },
  ) {}

  get analysis(): { readonly digits: Digits } {
    return { digits: this.lab.donorDigits }
  }

  change({ digits }: { readonly digits: Digits }): void {
    this.lab.change({ donor: digits })
  }
}
