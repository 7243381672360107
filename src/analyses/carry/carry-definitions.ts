import type { Columns } from '../../core/columns'

/**
 * What it can mean that a column carries: a carry comes in, a carry goes out, or the notebook's test that a + b differs from
 * c in that column, which holds where either happens.
 */
export const carryDefinitions = ['carryIn', 'carryOut', 'notebook'] as const
export type CarryDefinition = (typeof carryDefinitions)[number]

/** Whether column `digit` (0 is the most significant) carries. */
export function carriesInColumn(columns: Columns, digit: number, definition: CarryDefinition): boolean {
  if (definition === 'notebook') return columns.carryIn[digit]! || columns.carryOut[digit]!
  return columns[definition][digit]!
}
