import { uniformInt } from 'pure-rand/distribution/uniformInt'
import type { RandomGenerator } from 'pure-rand/types/RandomGenerator'
import { type ColumnClass, columnPattern } from '../../core/columns'
import type { Sum } from '../../core/sum'
import { uniformSum } from './fresh-sums'
import { randomStream } from './random-stream'

/**
 * What a training is judged by while it runs: uniform sums, and as many sums of every column pattern (`KGPG`, thousands
 * first). They come from a stream of their own, so that a training sees one of them only by chance.
 */
export interface HeldOutSums {
  readonly uniform: readonly Sum[]
  readonly byPattern: ReadonlyMap<string, readonly Sum[]>
}

export function heldOutSums(numDigits: number, { uniform = 2000, perPattern = 64 } = {}): HeldOutSums {
  const generator = randomStream(0, 'held-out sums', 0)
  return {
    uniform: Array.from({ length: uniform }, () => uniformSum(generator, numDigits)),
    byPattern: new Map(
      patternsOf(numDigits).map((pattern) => [
        pattern,
        Array.from({ length: perPattern }, () => sumOfPattern(generator, pattern)),
      ]),
    ),
  }
}

/** All patterns of column classes; the first digits add to at most 8, so their column is always K. */
export function patternsOf(numDigits: number): string[] {
  let patterns = ['K']
  for (let column = 1; column < numDigits; column++)
    patterns = patterns.flatMap((pattern) => ['K', 'P', 'G'].map((columnClass) => pattern + columnClass))
  return patterns
}

/** A sum with these column classes, each column uniform among the digit pairs of its class. */
function sumOfPattern(generator: RandomGenerator, pattern: string): Sum {
  let [a, b] = [0, 0]
  Array.from(pattern).forEach((columnClass, column) => {
    const highest = column === 0 ? 4 : 9
    const pairs = digitPairs(highest, columnClass as ColumnClass)
    const [x, y] = pairs[uniformInt(generator, 0, pairs.length - 1)]!
    a = a * 10 + x
    b = b * 10 + y
  })
  return { a, b }
}

function digitPairs(highest: number, columnClass: ColumnClass): (readonly [number, number])[] {
  const digits = Array.from({ length: highest + 1 }, (_, digit) => digit)
  const pairs = digits.flatMap((x) => digits.map((y) => [x, y] as const))
  return pairs.filter(([x, y]) => columnPattern({ a: x, b: y }, 1) === columnClass)
}
