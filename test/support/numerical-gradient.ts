/** Central differences of a scalar function, one entry at a time: what automatic differentiation has to agree with. */
export async function numericalGradient(
  f: (x: Float64Array) => Promise<number> | number,
  x: Float64Array,
  { step = 1e-5, entries = [...x.keys()] }: { step?: number; entries?: readonly number[] } = {},
): Promise<number[]> {
  const slopes: number[] = []
  for (const entry of entries) {
    const at = async (offset: number) => f(x.with(entry, x[entry]! + offset))
    slopes.push(((await at(step)) - (await at(-step))) / (2 * step))
  }
  return slopes
}

/** Largest difference of two gradients, relative to the largest entry of the second. */
export function relativeError(found: ArrayLike<number>, wanted: ArrayLike<number>): number {
  const differences = Array.from(wanted, (value, i) => Math.abs(value - found[i]!))
  return Math.max(...differences) / Math.max(...Array.from(wanted, Math.abs))
}
