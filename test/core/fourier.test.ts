import { fc } from '../support/arbitraries'
import { expect, test } from 'vitest'
import { realFourier } from '../../src/core/fourier'

const signal = fc.array(fc.double({ min: -9, max: 9, noNaN: true }), { minLength: 2, maxLength: 12 })

test('the frequencies, turned back into samples, give the signal', () => {
  fc.assert(
    fc.property(signal, (values) => {
      const length = values.length
      const { magnitude, phase, frequencies } = realFourier(values, length)
      values.forEach((value, index) => {
        let sum = 0
        for (let frequency = 0; frequency < frequencies; frequency++) {
          const twin = frequency > 0 && 2 * frequency < length ? 2 : 1
          sum += twin * magnitude[frequency]! * Math.cos(phase[frequency]! + (2 * Math.PI * frequency * index) / length)
        }
        expect(sum / length).toBeCloseTo(value, 9)
      })
    }),
  )
})

test('a cosine of frequency 1 has magnitude N/2, and shifting it turns its phase back', () => {
  const shifted = (shift: number) => Array.from({ length: 10 }, (_, n) => Math.cos((2 * Math.PI * (n - shift)) / 10))
  const { magnitude, phase } = realFourier([...shifted(0), ...shifted(2)], 10)
  expect(magnitude[1]).toBeCloseTo(5, 12)
  expect(phase[1]).toBeCloseTo(0, 12)
  expect(magnitude[6 + 1]).toBeCloseTo(5, 12)
  expect(phase[6 + 1]).toBeCloseTo((-2 * Math.PI * 2) / 10, 12)
})

test('constant and alternating parts are exactly real: their phase is 0 or pi, never -pi', () => {
  fc.assert(
    fc.property(signal, (values) => {
      const { phase, frequencies } = realFourier(values, values.length)
      expect([0, Math.PI]).toContain(phase[0])
      if (values.length % 2 === 0) expect([0, Math.PI]).toContain(phase[frequencies - 1])
    }),
  )
})
