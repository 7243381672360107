import { fc } from '../support/arbitraries'
import { expect, test } from 'vitest'
import { matmul, matrix, rowNorms, transpose, type Matrix } from '../../src/core/matrix'

const entries = (length: number) =>
  fc.array(fc.double({ min: -9, max: 9, noNaN: true }), { minLength: length, maxLength: length })
const matrixOf = (rows: number, columns: number): fc.Arbitrary<Matrix> =>
  entries(rows * columns).map((values) => matrix(rows, columns, values))

test('a product by hand', () => {
  const product = matmul(matrix(2, 3, [1, 2, 3, 4, 5, 6]), matrix(3, 2, [7, 8, 9, 10, 11, 12]))
  expect(product).toEqual(matrix(2, 2, [58, 64, 139, 154]))
})

test('the transpose of a product is the product of the transposes, reversed', () => {
  fc.assert(
    fc.property(matrixOf(2, 4), matrixOf(4, 3), (left, right) => {
      const one = transpose(matmul(left, right)).data
      const other = matmul(transpose(right), transpose(left)).data
      one.forEach((entry, index) => expect(entry).toBeCloseTo(other[index]!, 9))
    }),
  )
})

test('squared row norms are the diagonal of the product with the transpose', () => {
  fc.assert(
    fc.property(matrixOf(3, 5), (source) => {
      const gram = matmul(source, transpose(source))
      rowNorms(source).forEach((norm, row) => expect(norm ** 2).toBeCloseTo(gram.data[row * 3 + row]!, 9))
    }),
  )
})

test('what does not fit is refused', () => {
  expect(() => matrix(2, 2, [1, 2, 3])).toThrow(RangeError)
  expect(() => matmul(matrix(2, 3), matrix(2, 3))).toThrow(RangeError)
})
