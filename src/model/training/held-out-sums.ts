import { uniformInt } from 'pure-rand/distribution/uniformInt'
import type { RandomGenerator } from 'pure-rand/types/RandomGenerator'
import { columnPatterns } from '../../core/column-patterns'
import { type ColumnClass, classOf } from '../../core/columns'
import type { Sum } from '../../core/sum'
import { columnsBeforeOperands, type TaskLayout } from '../../core/task-layout'
import { uniformSum } from './fresh-sums'
import { randomStream } from './random-stream'

/**
 * What a training is judged by while it runs: uniform sums, and as many sums of every column pattern (`KGPG`, its highest column
 * first). They come from a stream of their own, so that a training sees one of them only by chance.
 */
export interface HeldOutSums {
  readonly uniform: readonly Sum[]
  readonly byPattern: ReadonlyMap<string, readonly Sum[]>
}

export function heldOutSums(layout: TaskLayout, { uniform = 2000, perPattern = 64 } = {}): HeldOutSums {
  const generator = randomStream(0, 'held-out sums', 0)
  return {
    uniform: Array.from({ length: uniform }, () => uniformSum(generator, layout)),
    byPattern: new Map(
      columnPatterns(layout).map((pattern) => [
        pattern,
        Array.from({ length: perPattern }, () => sumOfPattern(generator, pattern, layout)),
      ]),
    ),
  }
}

/** A sum with these column classes, each column uniform among the digit pairs of its class. */
function sumOfPattern(generator: RandomGenerator, pattern: string, layout: TaskLayout): Sum {
  let [a, b] = [0, 0]
  Array.from(pattern.slice(columnsBeforeOperands(layout))).forEach((columnClass, column) => {
    const highest = column === 0 ? layout.largestFirstDigit : 9
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
  return pairs.filter(([x, y]) => classOf(x + y) === columnClass)
}
