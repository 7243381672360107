import { expect, test } from 'vitest'
import { nearestFailures } from '../../../src/charts/failures/nearest'
import { formatSum } from '../../../src/core/sum-text'
import { publishedLayout } from '../../../src/core/task-layout'
import { fc } from '../../support/arbitraries'
import { everySum } from '../../support/every-sum'

const layout = publishedLayout(4)
const operand = fc.integer({ min: 0, max: 4999 })
const failing = fc.record({ a: operand, b: operand, margin: fc.constantFrom(-Infinity, -3, -2.5, -1, 0) })

test('the nearest wrong sums are the first by digits changed, then by margin, then in order, however many there are', () => {
  fc.assert(
    fc.property(operand, operand, fc.array(failing, { minLength: 1, maxLength: 200 }), (a, b, sums) => {
      const own = formatSum({ a, b }, layout)
      const sorted = sums
        .map((sum) => {
          const changed = Array.from(formatSum(sum, layout)).filter((digit, place) => digit !== own[place]).length
          return { ...sum, changed }
        })
        .toSorted((one, other) => {
          if (one.changed !== other.changed) return one.changed - other.changed
          return one.margin === other.margin ? one.a - other.a || one.b - other.b : one.margin - other.margin
        })
      const column = (name: 'a' | 'b' | 'margin') => sums.map((sum) => sum[name])
      const wrongSums = {
        a: Int32Array.from(column('a')),
        b: Int32Array.from(column('b')),
        margin: Float64Array.from(column('margin')),
      }
      const every = everySum(25_000_000, { wrong: sums.length, wrongSums })
      expect(nearestFailures({ a, b }, every, layout, 3)).toEqual({
        kind: 'wrong',
        of: sums.length,
        below: null,
        sums: sorted.slice(0, 3),
      })
    }),
  )
})

test('with none wrong they are those of the weakest that are below a whole number of logits', () => {
  const weakest = Array.from({ length: 60 }, (_, index) => ({
    a: index,
    b: 0,
    digit: 0,
    runnerUp: 1,
    margin: 2 + index / 20,
  }))
  const found = nearestFailures({ a: 7, b: 0 }, everySum(25_000_000, { weakest }), layout, 2)
  expect(found).toMatchObject({
    kind: 'weak',
    of: 60,
    below: 5,
    sums: [
      { a: 7, changed: 0 },
      { a: 0, changed: 1 },
    ],
  })
})
