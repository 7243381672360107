import { digitLabels } from '../core/positions'
import type { Tensor } from '../core/tensor'
import { cellMarks, type Cell } from './cells'
import { colorBar } from './color-bar'
import { drawing, type Drawing, type Mark } from './drawing'
import { metrics, tokensOf, type Display } from './display'
import { signedText } from './number-text'
import type { Note } from './note'
import { symmetricLimit } from './palette'
import type { Table } from './table'

/**
 * What each head is worth: the loss with this head alone ablated minus the clean loss, for each answer digit and, last, for
 * all of them, in nats. Rows are heads, columns answer digits; blue: the head helped, red: it stood in the way.
 */
export interface LossDifferenceInput {
  readonly lossDiff: Tensor<readonly ['layer', 'head']>
  readonly lossDiffPerDigit: Tensor<readonly ['layer', 'head', 'digit']>
  /** The answer digit whose column is named in the accent colour; null for none. */
  readonly focus: number | null
}

/** One cell. */
export interface LossDatum {
  /** `H0.2`. */
  readonly head: string
  /** `C1`, or `mean` for all answer digits together. */
  readonly column: string
  /** Nats. */
  readonly value: number
}

const meanColumn = 'mean'

export function lossDifferenceDrawing(input: LossDifferenceInput, display: Display): Drawing<LossDatum> {
  const { unit, label: size } = metrics(display)
  const { ink2, acc } = tokensOf(display)
  const losses = lossCells(input)
  const [heads, columns] = [namesOf(losses, 'head'), namesOf(losses, 'column')]
  const limit = symmetricLimit(
    losses.map((cell) => cell.value),
    2,
  )
  const [left, top] = [42 * unit, 17 * unit]
  const width = (display.width - left - 66 * unit) / columns.length
  const height = (display.height - top - 8 * unit) / heads.length
  const cells = losses.map(({ head, column, value }): Cell => {
    const box = { x: left + columns.indexOf(column) * width, y: top + heads.indexOf(head) * height, width, height }
    return { ...box, value, text: signedText(value, 1), bold: column === meanColumn }
  })
  const columnNames = columns.map((text, index): Mark => {
    const style = text === focusName(input) ? { fill: acc, weight: 700 } : { fill: ink2 }
    return { kind: 'text', x: left + (index + 0.5) * width, y: 8 * unit, text, size, anchor: 'middle', ...style }
  })
  const headNames = heads.map((text, index): Mark => {
    const place = { x: left - 7 * unit, y: top + (index + 0.5) * height, anchor: 'end' as const }
    return { kind: 'text', text, size: size + unit, fill: ink2, font: 'mono', ...place }
  })
  const bar = { x: display.width - 48 * unit, y: top, width: 8 * unit, height: display.height - top - 8 * unit }
  const marks = [...columnNames, ...headNames, ...cellMarks(cells, limit, display), ...colorBar(bar, limit, display)]
  const targets = cells.map(({ x, y }, index) => ({ x, y, width, height, datum: losses[index]! }))
  return drawing(display, marks, targets)
}

/** The cells in reading order. */
export function lossCells({ lossDiff, lossDiffPerDigit }: LossDifferenceInput): LossDatum[] {
  const [layers, heads, digits] = lossDiffPerDigit.shape as [number, number, number]
  const columns = lossDiffPerDigit.labels.digit ?? digitLabels(digits)
  return Array.from({ length: layers * heads }, (_, index): LossDatum[] => {
    const head = `H${Math.floor(index / heads)}.${index % heads}`
    const perDigit = columns.map((column, digit) => ({
      head,
      column,
      value: lossDiffPerDigit.data[index * digits + digit]!,
    }))
    return [...perDigit, { head, column: meanColumn, value: lossDiff.data[index]! }]
  }).flat()
}

function namesOf(cells: readonly LossDatum[], axis: 'head' | 'column'): string[] {
  return [...new Set(cells.map((cell) => cell[axis]))]
}

function focusName({ focus }: LossDifferenceInput): string {
  return focus === null ? '' : `C${focus}`
}

export function lossNote({ head, column, value }: LossDatum, mode: string): Note {
  const where = column === meanColumn ? 'all answer digits' : column
  const [layer, index] = head.slice(1).split('.')
  return {
    subject: `${head}, ${where}`,
    lines: [{ label: `loss added by its ${mode}`, value: `${signedText(value, 2)} nats` }],
    hook: `blocks.${layer}.attn.hook_result[${index}]`,
  }
}

export function lossTable(input: LossDifferenceInput): Table {
  const cells = lossCells(input)
  const columns = namesOf(cells, 'column')
  const rows = namesOf(cells, 'head').map((head) => [
    head,
    ...cells.filter((cell) => cell.head === head).map((cell) => cell.value),
  ])
  return { caption: 'Loss added by ablating each head alone, in nats', columns: ['head', ...columns], rows }
}
