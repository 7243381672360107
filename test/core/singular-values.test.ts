import { fc } from '../support/arbitraries'
import { expect, test } from 'vitest'
import { matmul, matrix, transpose, type Matrix } from '../../src/core/matrix'
import { singularValues } from '../../src/core/singular-values'

const anyMatrix: fc.Arbitrary<Matrix> = fc
  .tuple(fc.integer({ min: 1, max: 6 }), fc.integer({ min: 1, max: 6 }))
  .chain(([rows, columns]) =>
    fc
      .array(fc.integer({ min: -9, max: 9 }), { minLength: rows * columns, maxLength: rows * columns })
      .map((values) => matrix(rows, columns, values)),
  )

function closeTo(one: Matrix, other: Matrix): void {
  expect([one.rows, one.columns]).toEqual([other.rows, other.columns])
  one.data.forEach((entry, index) => expect(entry).toBeCloseTo(other.data[index]!, 8))
}

function diagonal(values: ArrayLike<number>): Matrix {
  const result = matrix(values.length, values.length)
  Array.from(values).forEach((value, index) => (result.data[index * values.length + index] = value))
  return result
}

test('the three factors multiply back to the matrix', () => {
  fc.assert(
    fc.property(anyMatrix, (source) => {
      const { values, leftVectors, rightVectors } = singularValues(source)
      closeTo(matmul(matmul(leftVectors, diagonal(values)), transpose(rightVectors)), source)
    }),
  )
})

test('values fall, right vectors of a full rank are orthonormal, and the largest left entry is positive', () => {
  fc.assert(
    fc.property(anyMatrix, (source) => {
      const { values, leftVectors, rightVectors } = singularValues(source)
      values.forEach((value, index) => expect(value).toBeLessThanOrEqual(values[index - 1] ?? Infinity))
      if (source.rows >= source.columns && values.at(-1)! > 1e-6)
        closeTo(matmul(transpose(rightVectors), rightVectors), diagonal(Array.from(values, () => 1)))
      for (let component = 0; component < values.length; component++) {
        const column = Array.from(
          { length: source.rows },
          (_, row) => leftVectors.data[row * values.length + component]!,
        )
        const largest = Math.max(...column.map(Math.abs))
        expect(Math.max(...column)).toBeCloseTo(largest, 9)
      }
    }),
  )
})
