import * as wasm from '../wasm/instructions'
import type { Code, MultiplyAdd } from '../wasm/instructions'

/** Where vectors stand: an address in bytes, and an offset. */
export interface Place {
  readonly at: Code
  readonly offset: number
}

/** Rows that are added at a time: with them and their weights, a vector register is left for the sum. */
export const rowsAtOnce = 6

/**
 * to = from + the sum of weight * row, over `floats` entries; from nothing where `from` is undefined. The weights stand in
 * locals, four copies each.
 *
 * The compiler puts loads where they stand but arithmetic where its value is needed. Long sums in registers would so be loaded
 * whole before anything is added up, and spilled; storing each vector after a few rows keeps every operand in a register, and is
 * twice as fast.
 */
export function addRows(
  how: MultiplyAdd,
  { to, from, rows, floats }: { to: Place; from: Place | undefined; rows: readonly Place[]; floats: number },
  weights: readonly number[],
): Code {
  return Array.from({ length: floats / 4 }, (_, index) => {
    const vector = ({ at, offset }: Place) => wasm.load(at, offset + 16 * index)
    const begin = from ? vector(from) : wasm.all(0)
    return rowsAtOnceOf(rows).flatMap((some, part) => {
      const sum = some.reduce<Code>(
        (total, row, place) => wasm.multiplyAdd(how, wasm.get(weights[part * rowsAtOnce + place]!), vector(row), total),
        part === 0 ? begin : vector(to),
      )
      return wasm.store(to.at, to.offset + 16 * index, sum)
    })
  }).flat()
}

/** In pieces of so many. */
export function rowsAtOnceOf<T>(rows: readonly T[]): T[][] {
  return Array.from({ length: Math.ceil(rows.length / rowsAtOnce) }, (_, part) =>
    rows.slice(part * rowsAtOnce, (part + 1) * rowsAtOnce),
  )
}
