import { metrics, type Display } from '../drawing/display'

/** Sums with a carry into a column and sums without, in the order in which they stand side by side. */
export const carryGroups = ['noCarry', 'carry'] as const
export type CarryGroup = (typeof carryGroups)[number]
export const groupNames: Readonly<Record<CarryGroup | 'all', string>> = {
  carry: 'carry in',
  noCarry: 'none',
  all: 'all',
}

const asides: Readonly<Record<CarryGroup | 'all', number>> = { carry: 3, noCarry: -3, all: 0 }

/** How far from its key a group's symbol stands: a little to the left without a carry, to the right with one. */
export function asideOf(group: CarryGroup | 'all', display: Display): number {
  return asides[group] * metrics(display).unit
}
