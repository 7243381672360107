/** A dense matrix in double precision, row-major: entry (r, c) is `data[r * columns + c]`. */
export interface Matrix {
  readonly rows: number
  readonly columns: number
  readonly data: Float64Array
}

/** Wraps or fills a matrix. Throws RangeError where the entries do not fit. */
export function matrix(rows: number, columns: number, entries?: ArrayLike<number>): Matrix {
  if (entries && entries.length !== rows * columns)
    throw new RangeError(
      `A ${rows} x ${columns} matrix needs ${rows * columns} entries, but ${entries.length} were given.`,
    )
  return { rows, columns, data: entries ? Float64Array.from(entries) : new Float64Array(rows * columns) }
}

/** left [n, k] times right [k, m]. */
export function matmul(left: Matrix, right: Matrix): Matrix {
  if (left.columns !== right.rows)
    throw new RangeError(
      `A ${left.rows} x ${left.columns} matrix cannot be multiplied by a ${right.rows} x ${right.columns} one.`,
    )
  const product = matrix(left.rows, right.columns)
  for (let row = 0; row < left.rows; row++)
    for (let inner = 0; inner < left.columns; inner++) {
      const factor = left.data[row * left.columns + inner]!
      for (let column = 0; column < right.columns; column++)
        product.data[row * right.columns + column]! += factor * right.data[inner * right.columns + column]!
    }
  return product
}

export function transpose(source: Matrix): Matrix {
  const result = matrix(source.columns, source.rows)
  for (let row = 0; row < source.rows; row++)
    for (let column = 0; column < source.columns; column++)
      result.data[column * source.rows + row] = source.data[row * source.columns + column]!
  return result
}

/** Euclidean length of each row. */
export function rowNorms(source: Matrix): Float64Array {
  return Float64Array.from({ length: source.rows }, (_, row) =>
    Math.hypot(...source.data.subarray(row * source.columns, (row + 1) * source.columns)),
  )
}
