import { matrixStack, type MatrixStack } from '../../core/matrix-stack'
import { examplesIn, folds, type LabelColumns } from './label-columns'

/**
 * Rows x of examples fold by fold, each less the first one, so that what all have in common is exactly 0, and followed by a 1, so
 * that products hold sums and counts as well.
 */
export interface FoldedRows {
  /** [fold, row, d + 1] */
  readonly rows: MatrixStack
  /** The same, times the number of examples that have the row in the fold. */
  readonly weighted: MatrixStack
  /** In how many examples a row of the fold goes with each label, [fold, row, label of all targets]. */
  readonly labels: MatrixStack
  /** Which row of its fold an example has. */
  readonly rowOf: (example: number) => number
}

/** Where fewer than one in so many rows is another one, what is the same is computed once. */
const repeats = 4

/** `rows` is [example, d]. An early position has seen few tokens: there most rows are the same as others. */
export function foldedRows(rows: Float32Array, columns: LabelColumns): FoldedRows {
  const { examples } = columns
  const groups = new Int32Array(examples)
  const count = groupRows(rows, groups, Math.floor(examples / repeats))
  return count === undefined ? singleRows(rows, columns) : repeatedRows(rows, columns, groups, count)
}

/** Every example has a row of its own. Folds with an example less end in a row of zeros. */
function singleRows(rows: Float32Array, { examples, stack: labels }: LabelColumns): FoldedRows {
  const stack = matrixStack(folds, examplesIn(0, examples), rows.length / examples + 1)
  for (let example = 0; example < examples; example++)
    setRow(stack, (example % folds) * stack.rows + Math.floor(example / folds), rows, example, 1)
  return { rows: stack, weighted: stack, labels, rowOf: (example) => Math.floor(example / folds) }
}

/** Examples of a group have a row in common, which every fold has. */
function repeatedRows(rows: Float32Array, columns: LabelColumns, groups: Int32Array, count: number): FoldedRows {
  const { examples, stack, targets } = columns
  const width = stack.columns
  const [members, firsts] = [new Int32Array(folds * count), new Int32Array(count).fill(-1)]
  const labels = matrixStack(folds, count, width)
  groups.forEach((group, example) => {
    if (firsts[group]! < 0) firsts[group] = example
    members[(example % folds) * count + group]!++
  })
  targets.forEach(({ labels: ofTarget }, target) => {
    for (let example = 0; example < examples; example++) {
      const row = (example % folds) * count + groups[example]!
      labels.data[row * width + columns.firsts[target]! + ofTarget[example]!]!++
    }
  })
  const [once, weighted] = [0, 1].map(() => matrixStack(folds, count, rows.length / examples + 1)) as [
    MatrixStack,
    MatrixStack,
  ]
  members.forEach((number, row) => {
    setRow(once, row, rows, firsts[row % count]!, 1)
    setRow(weighted, row, rows, firsts[row % count]!, number)
  })
  return { rows: once, weighted, labels, rowOf: (example) => groups[example]! }
}

/** Writes the row of an example, and a 1, times a factor. */
function setRow(stack: MatrixStack, row: number, rows: Float32Array, example: number, factor: number): void {
  const d = stack.columns - 1
  const from = example * d
  const to = row * stack.columns
  for (let index = 0; index < d; index++) stack.data[to + index] = factor * (rows[from + index]! - rows[index]!)
  stack.data[to + d] = factor
}

/** Numbers the rows that differ, in order of appearance: how many there are, or undefined for more than `most`. */
function groupRows(rows: Float32Array, groups: Int32Array, most: number): number | undefined {
  const bits = new Int32Array(rows.buffer, rows.byteOffset, rows.length)
  const d = rows.length / groups.length
  const firsts = new Int32Array(most)
  // Twice as many places as rows can differ, at least: a row that finds its place taken by another goes on to the next.
  const places = 2 ** (33 - Math.clz32(most))
  const known = new Int32Array(places).fill(-1)
  let count = 0
  for (let example = 0; example < groups.length; example++) {
    let place = hashOf(bits, example * d, d) & (places - 1)
    while (known[place]! >= 0 && !isSame(bits, firsts[known[place]!]! * d, example * d, d))
      place = (place + 1) & (places - 1)
    if (known[place]! < 0) {
      if (count === most) return undefined
      firsts[count] = example
      known[place] = count++
    }
    groups[example] = known[place]!
  }
  return count
}

function hashOf(bits: Int32Array, first: number, length: number): number {
  let hash = 0
  for (let index = first; index < first + length; index++) hash = Math.imul(hash ^ bits[index]!, 0x9e3779b1)
  return hash ^ (hash >>> 15)
}

function isSame(bits: Int32Array, one: number, other: number, length: number): boolean {
  for (let index = 0; index < length; index++) if (bits[one + index] !== bits[other + index]) return false
  return true
}
