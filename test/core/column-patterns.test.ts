import { anySum, fc } from '../support/arbitraries'
import { expect, test } from 'vitest'
import { columnPatterns } from '../../src/core/column-patterns'
import { columnPattern } from '../../src/core/columns'
import { publishedLayout } from '../../src/core/task-layout'

test('every sum has one of them, and there are no two alike', () => {
  fc.assert(
    fc.property(anySum, ({ sum, numDigits }) => {
      const patterns = columnPatterns(publishedLayout(numDigits))
      expect(patterns).toContain(columnPattern(sum, publishedLayout(numDigits)))
      expect(new Set(patterns).size).toBe(3 ** (numDigits - 1))
      expect(patterns).toHaveLength(3 ** (numDigits - 1))
    }),
  )
})
