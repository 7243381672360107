import { expect, it } from 'vitest'
import { axis, numberedAxis, tensorOver } from '../../src/core/axis'
import type { Tensor } from '../../src/core/tensor'

const digit = axis('digit', ['C0', 'C1'])

it('has the shape and the labels of its axes, in their order', () => {
  const shares: Tensor<readonly ['layer', 'digit', 'example']> = tensorOver(
    [numberedAxis('layer', 3), digit, axis('example', 1)],
    Float32Array.of(1, 2, 3, 4, 5, 6),
    'share',
  )
  expect(shares).toEqual({
    dims: ['layer', 'digit', 'example'],
    shape: [3, 2, 1],
    data: Float32Array.of(1, 2, 3, 4, 5, 6),
    labels: { layer: ['0', '1', '2'], digit: ['C0', 'C1'] },
    unit: 'share',
  })
})

it('keeps plain numbers in double precision', () => {
  expect(tensorOver([digit], [0.1, 0.2]).data).toEqual(Float64Array.of(0.1, 0.2))
})

it('refuses data that do not fill it', () => {
  expect(() => tensorOver([digit], [1, 2, 3])).toThrow('A tensor of shape [2] needs 2 entries, but 3 were given.')
})
