import { expect, test } from 'vitest'
import { fourierBasis } from '../../src/core/fourier-basis'
import { matmul, transpose } from '../../src/core/matrix'

test.each([2, 4, 10])('the waves over %i samples have length 1 and right angles', (length) => {
  const { names, waves } = fourierBasis(length)
  expect(names).toHaveLength(length)
  matmul(waves, transpose(waves)).data.forEach((product, index) => {
    expect(product).toBeCloseTo(index % (length + 1) === 0 ? 1 : 0, 12)
  })
})

test('they are named in the order of their frequencies', () => {
  expect(fourierBasis(10).names.join(' ')).toBe('const cos 1 sin 1 cos 2 sin 2 cos 3 sin 3 cos 4 sin 4 cos 5')
})
