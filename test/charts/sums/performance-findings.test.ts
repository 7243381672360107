import { expect, test } from 'vitest'
import type { CertaintyBin } from '../../../src/charts/sums/certainty'
import { certaintyFinding } from '../../../src/charts/sums/performance-findings'
import { publishedLayout } from '../../../src/core/task-layout'

const bin = (to: number): CertaintyBin => ({
  digit: 1,
  from: 0,
  to,
  clean: 4,
  now: 4,
  wrong: 0,
  hardest: { a: 12, b: 34 },
})

test.each([
  [0.9985, '0.9985'],
  [0.62, '0.62'],
  [0.0004, '0.0004'],
])('a bound near 0 or 1 keeps its decimals: %d', (to, text) => {
  expect(certaintyFinding([bin(to)], publishedLayout(2))).toContain(`with a probability below ${text}.`)
})
