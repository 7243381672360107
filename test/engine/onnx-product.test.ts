import { expect, test } from 'vitest'
import { probeMap } from '../../src/analyses/carry/probe-map'
import { matrixStack, stackProduct, type MatrixStack } from '../../src/core/matrix-stack'
import { onnxProduct } from '../../src/engine/onnx-product'
import { largestDifference } from '../support/compare'
import { randomModel, smallConfig } from '../support/random-model'

function filled(count: number, rows: number, columns: number, seed: number): MatrixStack {
  const stack = matrixStack(count, rows, columns)
  stack.data.forEach((_, index) => (stack.data[index] = Math.sin(seed * (index + 1))))
  return stack
}

test.each([
  [1, 7, 3, 40],
  [5, 33, 49, 95],
])('%i products of %i by %i by %i are those of loops, each after a turn', async (count, rows, inner, columns) => {
  let turns = 0
  const multiply = onnxProduct(async () => {
    turns++
  })
  const right = filled(count, inner, columns, 3)
  for (const transposed of [false, true]) {
    const left = transposed ? filled(count, inner, rows, 2) : filled(count, rows, inner, 2)
    const [found, expected] = [await multiply(left, right, transposed), await stackProduct(left, right, transposed)]
    expect([found.count, found.rows, found.columns]).toEqual([count, rows, columns])
    expect(largestDifference([...found.data], [...expected.data])).toBeLessThan(1e-5)
  }
  expect(turns).toBe(2)
})

test('where a factor is in double precision, so is the product', async () => {
  const multiply = onnxProduct(async () => {})
  const [left, right] = [filled(2, 30, 40, 2), filled(2, 40, 50, 3)]
  const precise = { ...left, data: Float64Array.from(left.data, (value) => value / 3) }
  const [found, expected] = [await multiply(precise, right), await stackProduct(precise, right)]
  expect(largestDifference([...found.data], [...expected.data])).toBeLessThan(1e-13)
})

test('a probe map made of them is the one made of loops', async () => {
  const context = { model: randomModel(smallConfig({ numDigits: 2 })), progress: () => undefined }
  const params = { dataset: { size: 103, seed: 3 } }
  const [loops, products] = [
    await probeMap.run(context, params),
    await probeMap.run({ ...context, multiply: onnxProduct(async () => {}) }, params),
  ]
  // Where two labels are all but equally likely, rounding may decide for one example.
  expect(largestDifference([...products.accuracy.data], [...loops.accuracy.data])).toBeLessThan(1.5 / 103)
})
