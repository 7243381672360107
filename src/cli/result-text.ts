import { sizeOf, type Tensor } from '../core/tensor'
import type { AnalysisResult, Scalar } from '../analyses/analysis'
import { isTensor } from '../contract/tensor-json'
import { aligned } from './text-table'

/** Tensors with more entries than this are named, not printed: they are for `--json`. */
const mostEntries = 400
const mostLines = 6

/** An analysis's result for people to read: scalars first, then each tensor as tables of its last two axes. */
export function resultText(result: AnalysisResult): string {
  const entries = Object.entries(result)
  const scalars = entries.filter((entry): entry is [string, Scalar] => !isTensor(entry[1]) && !Array.isArray(entry[1]))
  const lists = entries.filter((entry): entry is [string, readonly string[]] => Array.isArray(entry[1]))
  const tensors = entries.filter((entry): entry is [string, Tensor] => isTensor(entry[1]))
  const blocks = [
    ...(scalars.length > 0 ? [scalarLines(scalars)] : []),
    ...lists.map(([name, lines]) => listText(name, lines)),
    ...tensors.map(([name, tensor]) => tensorText(name, tensor)),
  ]
  return blocks.join('\n\n') + '\n'
}

function scalarLines(scalars: readonly (readonly [string, Scalar])[]): string {
  const width = Math.max(...scalars.map(([name]) => name.length))
  const text = (value: Scalar) => (typeof value === 'number' ? numberText(value) : String(value ?? '–'))
  return scalars.map(([name, value]) => `  ${name.padEnd(width)}  ${text(value)}`).join('\n')
}

/** Four decimals where that says something, an exponent where it does not; a missing value is a dash. */
export function numberText(value: number): string {
  if (Number.isNaN(value)) return '–'
  if (Number.isInteger(value) || !Number.isFinite(value)) return String(value)
  const size = Math.abs(value)
  return size >= 1e-3 && size < 1e6 ? value.toFixed(4) : value.toExponential(2)
}

export function listText(name: string, lines: readonly string[]): string {
  const shown = lines.slice(0, mostLines).map((line) => `  ${line}`)
  const more = lines.length > mostLines ? [`  … and ${lines.length - mostLines} more; see --json`] : []
  return [name, ...shown, ...more].join('\n')
}

function tensorText(name: string, tensor: Tensor): string {
  const { dims, shape } = tensor
  const title = titleOf(name, tensor)
  if (tensor.data.length > mostEntries) return `${title}: ${tensor.data.length} entries; see --json`
  const slices =
    dims.length <= 2 ? [tableText(tensor, [])] : leadingIndices(shape).map((index) => tableText(tensor, index))
  return [title, ...slices].join('\n')
}

/** `attention [layer 2, head 4], logits`: a tensor's name, axes and unit. */
export function titleOf(name: string, { dims, shape, unit }: Tensor): string {
  const axes = dims.map((dim, axis) => `${dim} ${shape[axis]!}`).join(', ')
  return `${name} [${axes}]${unit === undefined ? '' : `, ${unit}`}`
}

/** Every index of all axes but the last two, in order. */
function leadingIndices(shape: readonly number[]): number[][] {
  return shape
    .slice(0, -2)
    .reduce<number[][]>(
      (indices, extent) => indices.flatMap((index) => Array.from({ length: extent }, (_, i) => [...index, i])),
      [[]],
    )
}

/** One table of the last two axes, under its leading index's labels where it has one. */
function tableText(tensor: Tensor, leading: readonly number[]): string {
  const { dims, shape, data } = tensor
  const axes = dims.slice(leading.length)
  const columnAxis = axes.at(-1)
  const rowAxis = axes.length === 2 ? axes[0] : undefined
  const columns = shape.at(-1) ?? 1
  const rows = rowAxis === undefined ? 1 : shape.at(-2)!
  const block = leading.reduce((offset, index, axis) => offset * shape[axis]! + index, 0) * sizeOf([rows, columns])
  const header = ['', ...Array.from({ length: columns }, (_, column) => labelOf(tensor, columnAxis, column))]
  const body = Array.from({ length: rows }, (_, row) => [
    labelOf(tensor, rowAxis, row),
    ...Array.from(data.slice(block + row * columns, block + (row + 1) * columns), numberText),
  ])
  const caption = leading.map((index, axis) => `${dims[axis]!} ${labelOf(tensor, dims[axis], index)}`).join(', ')
  return [...(caption ? [` ${caption}`] : []), aligned([header, ...body])].join('\n')
}

function labelOf({ labels }: Tensor, dim: string | undefined, index: number): string {
  return dim === undefined ? '' : (labels[dim]?.[index] ?? String(index))
}
