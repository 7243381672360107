import { SingularValueDecomposition } from 'ml-matrix'
import { matrix, transpose, type Matrix } from './matrix'

/** source = leftVectors @ diag(values) @ rightVectors^T, with min(rows, columns) components, the largest first. */
export interface SingularValues {
  readonly values: Float64Array
  /** [rows, component]; the largest entry of each column (by size) is positive. */
  readonly leftVectors: Matrix
  /** [columns, component]. */
  readonly rightVectors: Matrix
}

/** The thin singular value decomposition. */
export function singularValues(source: Matrix): SingularValues {
  // ml-matrix wants at least as many rows as columns to give all components.
  if (source.rows < source.columns) {
    const { values, leftVectors, rightVectors } = singularValues(transpose(source))
    return oriented(values, rightVectors, leftVectors)
  }
  const rows = Array.from({ length: source.rows }, (_, row) =>
    source.data.subarray(row * source.columns, (row + 1) * source.columns),
  )
  const decomposition = new SingularValueDecomposition(rows.map((row) => Array.from(row)))
  const { leftSingularVectors, rightSingularVectors } = decomposition
  return oriented(
    Float64Array.from(decomposition.diagonal),
    matrix(source.rows, source.columns, leftSingularVectors.to1DArray()),
    matrix(source.columns, source.columns, rightSingularVectors.to1DArray()),
  )
}

function oriented(values: Float64Array, leftVectors: Matrix, rightVectors: Matrix): SingularValues {
  const signs = Float64Array.from({ length: leftVectors.columns }, (_, component) => {
    let largest = 0
    for (let row = 0; row < leftVectors.rows; row++) {
      const entry = leftVectors.data[row * leftVectors.columns + component]!
      if (Math.abs(entry) > Math.abs(largest)) largest = entry
    }
    return largest < 0 ? -1 : 1
  })
  return { values, leftVectors: scaleColumns(leftVectors, signs), rightVectors: scaleColumns(rightVectors, signs) }
}

function scaleColumns(source: Matrix, factors: Float64Array): Matrix {
  return { ...source, data: source.data.map((entry, index) => entry * factors[index % source.columns]!) }
}
