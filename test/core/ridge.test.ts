import { expect, test } from 'vitest'
import { matmul, matrix, transpose } from '../../src/core/matrix'
import { inversePositive, ridgeEquations, ridgeFit, without, type RegressionMoments } from '../../src/core/ridge'

/** Numbers that look random and are the same every time. */
const noise = (count: number, seed: number) =>
  Float64Array.from({ length: count }, (_, i) => Math.sin(seed * seed * (i + 1) + i * i))

function momentsOf(x: readonly (readonly number[])[], y: readonly (readonly number[])[]): RegressionMoments {
  const [X, Y] = [matrix(x.length, x[0]!.length, x.flat()), matrix(y.length, y[0]!.length, y.flat())]
  const sum = (rows: readonly (readonly number[])[]) =>
    Float64Array.from(rows[0]!, (_, index) => rows.reduce((total, row) => total + row[index]!, 0))
  const [gram, cross] = [matmul(transpose(X), X).data, matmul(transpose(X), Y).data]
  return { count: x.length, gram, cross, sumX: sum(x), sumY: sum(y) }
}

function ridge(moments: RegressionMoments, strength: number) {
  const { left, right } = ridgeEquations(moments, strength)
  return ridgeFit(moments, matmul(inversePositive(left), right))
}

const x = Array.from({ length: 30 }, (_, row) => [...noise(4, row)])
const y = x.map(([a, b, c]) => [3 + 2 * a! - b!, 7 * c!])

test('an exact line is found where nothing is penalised, from the sums without some rows too', () => {
  const moments = without(momentsOf([...x, [9, 9, 9, 9]], [...y, [100, 100]]), momentsOf([[9, 9, 9, 9]], [[100, 100]]))
  const { weights, centre, intercept } = ridge(moments, 1e-12)
  expect(Array.from(weights.data)).toEqual([2, 0, -1, 0, 0, 7, 0, 0].map((value) => expect.closeTo(value, 6) as number))
  const atZero = intercept[0]! - centre.reduce((sum, value, index) => sum + value * weights.data[index * 2]!, 0)
  expect(atZero).toBeCloseTo(3, 6)
})

test('the penalty shrinks the weights, and a constant x has none', () => {
  const size = (strength: number) => Math.hypot(...ridge(momentsOf(x, y), strength).weights.data)
  expect(size(1)).toBeLessThan(size(0.1))
  const constant = x.map(() => [1, 1])
  expect(Array.from(ridge(momentsOf(constant, y), 1e-3).weights.data, Math.abs)).toEqual([0, 0, 0, 0])
})

test('the inverse undoes the matrix, and is symmetric', () => {
  const root = matrix(5, 5, noise(25, 2))
  const whole = matmul(root, transpose(root))
  const inverse = inversePositive(whole)
  const product = matmul(whole, inverse)
  product.data.forEach((value, index) => expect(value).toBeCloseTo(index % 6 === 0 ? 1 : 0, 6))
  expect(transpose(inverse)).toEqual(inverse)
})
