import type { AnalysisResult } from '../analyses/analysis'
import { isTensor } from '../contract/tensor-json'
import { sizeOf, type Tensor } from '../core/tensor'
import { listText, numberText, titleOf } from './result-text'
import { aligned } from './text-table'

/** A step has at most so many columns in a table; tensors with more are named and left to `--json`. */
const mostColumns = 24

/** An analysis over the states of a training for people to read: a row for each step, first of all numbers, then of each tensor. */
export function checkpointsText(result: AnalysisResult): string {
  const entries = Object.entries(result)
  const tensors = entries.filter((entry): entry is [string, Tensor] => isTensor(entry[1]))
  const numbers = tensors.filter(([, { dims }]) => dims.length === 1)
  const lists = entries.filter((entry): entry is [string, readonly string[]] => Array.isArray(entry[1]))
  const blocks = [
    ...(numbers.length > 0 ? [rowsText(numbers)] : []),
    ...lists.map(([name, lines]) => listText(name, lines)),
    ...tensors.filter(([, { dims }]) => dims.length > 1).map(([name, tensor]) => tensorText(name, tensor)),
  ]
  return blocks.join('\n\n') + '\n'
}

/** Numbers that each step has one of, beside each other. */
function rowsText(numbers: readonly (readonly [string, Tensor])[]): string {
  const steps = numbers[0]![1].labels['step'] ?? []
  const header = ['step', ...numbers.map(([name]) => name)]
  const rows = steps.map((step, row) => [step, ...numbers.map(([, { data }]) => numberText(data[row]!))])
  return aligned([header, ...rows])
}

function tensorText(name: string, tensor: Tensor): string {
  const { shape, data, labels } = tensor
  const title = titleOf(name, tensor)
  const columns = sizeOf(shape.slice(1))
  if (columns > mostColumns) return `${title}: ${data.length} entries; see --json`
  const names = Array.from({ length: columns }, (_, column) => columnName(tensor, column))
  const rows = Array.from({ length: shape[0]! }, (_, row) => [
    labels['step']?.[row] ?? String(row),
    ...Array.from(data.subarray(row * columns, (row + 1) * columns), numberText),
  ])
  return `${title}\n${aligned([['step', ...names], ...rows])}`
}

/** An entry by its labels along all axes but the step: `1 C0`. */
function columnName({ dims, shape, labels }: Tensor, column: number): string {
  let rest = column
  const words: string[] = []
  for (let axis = dims.length - 1; axis > 0; axis--) {
    const index = rest % shape[axis]!
    rest = Math.floor(rest / shape[axis]!)
    words.unshift(labels[dims[axis]!]?.[index] ?? String(index))
  }
  return words.join(' ')
}
