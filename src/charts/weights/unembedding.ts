import { decimalText } from '../drawing/number-text'
import type { ResultOf } from '../../analyses/registry'
import { lowerMedian } from '../../core/statistics'
import type { Tensor } from '../../core/tensor'

export type Unembedding = ResultOf<'unembedding'>

/** Rows that the analysis found to be significant. */
export function significantRows({ significantDims }: Unembedding): number[] {
  return significantDims.map(Number)
}

/** How many of the longest rows are shown where none is significant. */
const mostRows = 8

/** The rows that figures of single rows show, in their order: the significant ones, else the longest. */
export function shownRows(of: Unembedding): number[] {
  const significant = significantRows(of)
  if (significant.length > 0) return significant
  return longestRows(of)
    .slice(0, mostRows)
    .toSorted((one, other) => one - other)
}

/** All rows, the longest first. */
export function longestRows({ rowNorms: { data } }: Unembedding): number[] {
  return Array.from(data.keys()).toSorted((one, other) => data[other]! - data[one]!)
}

/** How many times the median row's length a row of this length has. */
export function timesMedian({ rowNorms }: Unembedding, norm: number): number {
  return norm / lowerMedian(rowNorms.data)
}

/** The ten entries of each of some rows, one after the other. */
export function rowsOf({ shape, data }: Tensor, rows: readonly number[]): number[] {
  const width = shape[1]!
  return rows.flatMap((row) => Array.from(data.subarray(row * width, (row + 1) * width)))
}

/** A column of a matrix. */
export function columnOf({ shape, data }: Tensor, column: number): number[] {
  return Array.from({ length: shape[0]! }, (_, row) => data[row * shape[1]! + column]!)
}

/** The squared length of some rows as a share of the whole. */
export function shareOfRows({ rowNorms: { data } }: Unembedding, rows: readonly number[]): number {
  const squares = Array.from(data, (norm) => norm ** 2)
  const total = squares.reduce((sum, square) => sum + square, 0)
  return rows.reduce((sum, row) => sum + squares[row]!, 0) / total
}

/** W_U's two main directions, each with its singular value: `direction 1 (13.1)`. */
export function mainDirectionNames({ singularValues: { data } }: Unembedding): readonly [string, string] {
  const name = (component: number) => `direction ${component + 1} (${decimalText(data[component]!, 1)})`
  return [name(0), name(1)]
}
