import { expect, test } from 'vitest'
import { matmul, matrix, transpose } from '../../src/core/matrix'
import { matrixStack, stackProduct, type MatrixStack } from '../../src/core/matrix-stack'

function filled(count: number, rows: number, columns: number, seed: number): MatrixStack {
  const stack = matrixStack(count, rows, columns)
  stack.data.forEach((_, index) => (stack.data[index] = Math.sin(seed * (index + 1))))
  return stack
}

const one = ({ rows, columns, data }: MatrixStack, index: number) =>
  matrix(rows, columns, data.subarray(index * rows * columns, (index + 1) * rows * columns))

test('each matrix is multiplied by its own, as it is or transposed', async () => {
  const right = filled(3, 4, 5, 2)
  const [left, turned] = [filled(3, 2, 4, 3), filled(3, 4, 2, 5)]
  const [plain, transposed] = [await stackProduct(left, right), await stackProduct(turned, right, true)]
  for (let index = 0; index < 3; index++) {
    const expected = [
      matmul(one(left, index), one(right, index)),
      matmul(transpose(one(turned, index)), one(right, index)),
    ]
    for (const [way, product] of [plain, transposed].entries())
      one(product, index).data.forEach((value, entry) => expect(value).toBeCloseTo(expected[way]!.data[entry]!, 6))
  }
})

test('matrices that do not fit are refused in words', async () => {
  await expect(stackProduct(filled(1, 2, 4, 1), filled(1, 3, 5, 1))).rejects.toThrow(
    '2 x 4 cannot be multiplied by 1 of 3 x 5',
  )
})
