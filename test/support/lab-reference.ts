import { expect } from 'vitest'
import { readReference } from './reference-data'

/** Numbers in nested lists; null where there is none. */
export type Nested = number | null | readonly Nested[]

/** A file of the carry lab's reference values: the published checkpoint in float64. */
export function labReference(file: string): Readonly<Record<string, Nested>> {
  return readReference(`lab/${file}`) as Readonly<Record<string, Nested>>
}

/** All numbers of a nested list in order; NaN for null. */
export function flat(nested: Nested | undefined): number[] {
  if (nested === null || nested === undefined) return [NaN]
  return typeof nested === 'number' ? [nested] : nested.flatMap(flat)
}

/** Fails unless both have numbers in the same places, which differ by `tolerance` at most. */
export function expectLike(found: readonly number[], wanted: Nested | undefined, tolerance: number): void {
  const numbers = flat(wanted)
  expect(found).toHaveLength(numbers.length)
  const off = found.flatMap((value, index) => {
    const reference = numbers[index]!
    const fits = Number.isNaN(reference) ? Number.isNaN(value) : Math.abs(value - reference) <= tolerance
    return fits ? [] : [`at ${index}: ${value}, not ${reference}`]
  })
  expect(off).toEqual([])
}

/** Rounded to four decimals in the files; float32 may tip one pair in a thousand. */
const rateTolerance = 1.1e-3

/** Fails unless rates are those of the same pairs in float64; what is 0 or 1 there is exactly that. */
export function expectRates(found: ArrayLike<number>, wanted: readonly number[], what: string): void {
  expect(found, what).toHaveLength(wanted.length)
  wanted.forEach((reference, index) => {
    const [rate, place] = [found[index]!, `${what} [${index}]: ${found[index]!}, not ${reference}`]
    if (Number.isNaN(reference)) expect(rate, place).toBeNaN()
    else if (reference === 0 || reference === 1) expect(rate, place).toBe(reference)
    else expect(Math.abs(rate - reference), place).toBeLessThanOrEqual(rateTolerance)
  })
}
