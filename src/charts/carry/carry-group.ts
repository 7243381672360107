import { metrics, type Display } from '../drawing/display'

/** Sums with a carry into a column and sums without, in the order in which they stand side by side. */
export const carryGroups = ['noCarry', 'carry'] as const
export type CarryGroup = (typeof carryGroups)[number]
export const groupNames: Readonly<Record<CarryGroup, string>> = { carry: 'carry in', noCarry: 'none' }

/** How far from its key a group's symbol stands: a little to the left without a carry, to the right with one. */
export function asideOf(group: CarryGroup, display: Display): number {
  return (group === 'carry' ? 3 : -3) * metrics(display).unit
}
