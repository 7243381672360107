import { expect, test } from 'vitest'
import { wilsonInterval } from '../../src/core/wilson'

test.each([
  [0, 10, 0, 0.277533],
  [5, 10, 0.236593, 0.763407],
  [81, 263, 0.255289, 0.366174],
])('%i of %i lie in the interval that the literature has', (count, n, lowest, highest) => {
  const interval = wilsonInterval(count, n)
  expect(interval[0]).toBeCloseTo(lowest, 4)
  expect(interval[1]).toBeCloseTo(highest, 4)
})
