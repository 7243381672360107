import { expect, test } from 'vitest'
import { firstLook, lookSums, withLook } from '../../../src/charts/failures/first-look'
import { publishedLayout } from '../../../src/core/task-layout'
import { everySum } from '../../support/every-sum'

const layout = publishedLayout(4)
const cells = lookSums(layout).side ** 2

function looked(known: number) {
  const margin = new Float32Array(cells).fill(NaN).fill(4, 0, known)
  if (known > 2) margin[2] = -1
  const digit = new Uint8Array(cells)
  return firstLook({ side: Math.sqrt(cells), margin, digit, runnerUp: digit }, layout)
}

test('until it is evaluated a cell shows what a first look saw of it, and what is evaluated stays as it is', () => {
  const { n, wrong, smallestMargin, weakest, byPrefix } = withLook(everySum(2500), looked(10), layout)
  expect(byPrefix.n.data.slice(0, 12)).toEqual([2500, 1, 1, 1, 1, 1, 1, 1, 1, 1, 0, 0])
  expect(byPrefix.marginMin.data.slice(0, 4)).toEqual([3.1, 4, -1, 4])
  expect(byPrefix.wrong.data.slice(0, 4)).toEqual([0, 0, 1, 0])
  expect({ n, wrong, smallestMargin }).toEqual({ n: 2500, wrong: 1, smallestMargin: -1 })
  // The first cell is evaluated: of it only that counts.
  expect(weakest.map(({ margin }) => margin)).toEqual([-1, 3.1, ...new Array<number>(8).fill(4)])
})

test('an evaluation that has come to every cell is shown alone, as one without a first look is', () => {
  const part = everySum(2500)
  expect(withLook(part, null, layout)).toBe(part)
  const n = { ...part.byPrefix.n, data: part.byPrefix.n.data.map(() => 1) }
  const whole = { ...part, byPrefix: { ...part.byPrefix, n } }
  expect(withLook(whole, looked(cells), layout)).toBe(whole)
})
