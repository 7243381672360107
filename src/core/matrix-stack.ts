import type { Matrix } from './matrix'

/** Matrices of one size, one after the other, each row-major. What is measured is in single precision, and its exact products in double. */
export interface MatrixStack {
  readonly count: number
  readonly rows: number
  readonly columns: number
  readonly data: Float32Array | Float64Array
}

/**
 * Multiplies each matrix of one stack by that of the other: left times right, or, where `transposed`, left' times right; in double
 * precision where either is.
 */
export type StackProduct = (left: MatrixStack, right: MatrixStack, transposed?: boolean) => Promise<MatrixStack>

/** Matrices of one size as a stack in double precision. */
export function stackOf(matrices: readonly Matrix[]): MatrixStack {
  const { rows, columns } = matrices[0]!
  const data = new Float64Array(matrices.length * rows * columns)
  matrices.forEach((matrix, index) => {
    data.set(matrix.data, index * rows * columns)
  })
  return { count: matrices.length, rows, columns, data }
}

/** A stack of zeros. */
export function matrixStack(count: number, rows: number, columns: number): MatrixStack {
  return { count, rows, columns, data: new Float32Array(count * rows * columns) }
}

/** The product as it is defined, in double precision. Throws RangeError where the matrices do not fit. */
export const stackProduct: StackProduct = async (left, right, transposed = false) => {
  const [rows, inner] = transposed ? [left.columns, left.rows] : [left.rows, left.columns]
  if (left.count !== right.count || inner !== right.rows)
    throw new RangeError(
      `${left.count} matrices of ${rows} x ${inner} cannot be multiplied by ${right.count} of ${right.rows} x ${right.columns}.`,
    )
  const data = new Float64Array(left.count * rows * right.columns)
  const total = new Float64Array(right.columns)
  for (let index = 0; index < left.count; index++)
    for (let row = 0; row < rows; row++) {
      total.fill(0)
      for (let k = 0; k < inner; k++) {
        const place = transposed ? k * rows + row : row * inner + k
        addScaled(total, left.data[index * rows * inner + place]!, right, (index * inner + k) * right.columns)
      }
      data.set(total, (index * rows + row) * right.columns)
    }
  return { count: left.count, rows, columns: right.columns, data }
}

function addScaled(total: Float64Array, factor: number, { data }: MatrixStack, first: number): void {
  for (let column = 0; column < total.length; column++) total[column]! += factor * data[first + column]!
}
