import * as wasm from '../wasm/instructions'
import type { Code, MultiplyAdd } from '../wasm/instructions'

/** A vector's place: an address in bytes, and an offset. */
export interface Place {
  readonly at: Code
  readonly offset: number
}

/** Rows that are added at a time: with them and their weights, a vector register is left for the sum. */
const rowsAtOnce = 6

/**
 * One vector, to = from + the sum of weight * row. The weights stand in locals, four copies each.
 *
 * The compiler puts loads where they stand but arithmetic where its value is needed. Long sums in registers would so be loaded
 * whole before anything is added up, and spilled; storing the vector after a few rows keeps every operand in a register, and is
 * twice as fast.
 */
export function addRows(
  how: MultiplyAdd,
  { to, from, rows }: { readonly to: Place; readonly from: Place; readonly rows: readonly Place[] },
  weights: readonly number[],
): Code {
  const vector = ({ at, offset }: Place) => wasm.load(at, offset)
  return piecesOf(rows, rowsAtOnce).flatMap((some, part) => {
    const weighted = some.map((row, place) => [wasm.get(weights[part * rowsAtOnce + place]!), vector(row)] as const)
    const plus = (total: Code, [weight, row]: readonly [Code, Code]) => wasm.multiplyAdd(how, weight, row, total)
    // Two sums, so that one need not wait for the other.
    const [first, ...rest] = weighted.slice(3)
    const sum = weighted.slice(0, 3).reduce(plus, vector(part === 0 ? from : to))
    return wasm.store(to.at, to.offset, first ? wasm.add(sum, rest.reduce(plus, wasm.multiply(...first))) : sum)
  })
}

/** In pieces of so many, the last of what is left. */
export function piecesOf<T>(items: readonly T[], size: number): readonly (readonly T[])[] {
  return Array.from({ length: Math.ceil(items.length / size) }, (_, piece) =>
    items.slice(piece * size, (piece + 1) * size),
  )
}
