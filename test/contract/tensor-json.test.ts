import fc from 'fast-check'
import { expect, test } from 'vitest'
import { tensor } from '../../src/core/tensor'
import { resultToJson, tensorToJson, type TensorJson } from '../../src/contract/tensor-json'

test('a tensor keeps its axes, labels and unit, and a missing value is null', () => {
  const loss = tensor(['site', 'digit'], [2, 2], Float64Array.of(0.5, NaN, -1, 2), {
    labels: { site: ['q', 'k'], digit: ['C0', 'C1'] },
    unit: 'nats',
  })
  expect(tensorToJson(loss)).toEqual({
    dims: ['site', 'digit'],
    shape: [2, 2],
    data: [0.5, null, -1, 2],
    labels: { site: ['q', 'k'], digit: ['C0', 'C1'] },
    unit: 'nats',
  })
})

test('float32 entries are written without digits they never had', () => {
  const values = tensor(['entry'], [3], Float32Array.of(0.1, 16.6062, 1e-8))
  expect(JSON.stringify(tensorToJson(values).data)).toBe('[0.1,16.6062,1e-8]')
})

test('every float32 comes back from its text as itself', () => {
  fc.assert(
    fc.property(fc.float32Array({ maxLength: 20 }), (data) => {
      const text = JSON.stringify(tensorToJson(tensor(['entry'], [data.length], data)))
      const back = Float32Array.from((JSON.parse(text) as TensorJson).data, (value) => value ?? NaN)
      const expected = data.map((value) => (Number.isFinite(value) ? value : NaN))
      expect(back.map((x) => x + 0)).toEqual(expected.map((x) => x + 0))
    }),
  )
})

test('scalars and lists pass, a NaN scalar is null', () => {
  expect(resultToJson({ loss: NaN, n: 3, note: 'x', groups: ['carry'], none: null })).toEqual({
    loss: null,
    n: 3,
    note: 'x',
    groups: ['carry'],
    none: null,
  })
})
