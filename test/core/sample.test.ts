import fc from 'fast-check'
import { expect, test } from 'vitest'
import { Sample } from '../../src/core/sample'
import { lowerMedian, mean } from '../../src/core/statistics'

const batches = fc.array(fc.float64Array({ noNaN: true, min: -1e3, max: 1e3, maxLength: 8 }), { minLength: 1 })

test('statistics of batches are those of all their values', () => {
  fc.assert(
    fc.property(batches, (parts) => {
      const sample = new Sample()
      for (const part of parts) {
        sample.add(part)
        // Asking changes nothing of what is answered later.
        expect(sample.lowerMedian).toBeTypeOf('number')
      }
      const values = parts.flatMap((part) => [...part])
      expect(sample.least).toBe(Math.min(...values))
      expect(sample.lowerMedian).toBe(lowerMedian(values.map(Math.fround)))
      if (values.length > 0) expect(sample.mean).toBe(mean(values))
      else expect(sample.mean).toBeNaN()
    }),
  )
})
