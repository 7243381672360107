import { groupBoundaries, positionLabels, positionName } from '../../core/positions'
import type { Tensor } from '../../core/tensor'
import type { TaskLayout } from '../../core/task-layout'
import { namedEntries } from '../drawing/axis-names'
import { drawing, type Drawing, type Mark } from '../drawing/drawing'
import type { Display } from '../drawing/display'
import { decimalText } from '../drawing/number-text'
import type { Note } from '../drawing/note'
import { unitColor } from '../drawing/palette'
import { penOf } from '../drawing/pen'
import type { Table } from '../drawing/table'

/**
 * One head's attention: rows are destinations (queries), columns sources (keys), 0 to 1. The masked triangle is hatched: a
 * key after the query is not there to be looked at, which is not the same as not being looked at.
 */
export interface AttentionInput {
  /** Masked entries are NaN. */
  readonly pattern: Tensor<readonly ['layer', 'head', 'query', 'key']>
  readonly layer: number
  readonly head: number
  readonly layout: TaskLayout
}

export interface AttentionDatum {
  readonly layer: number
  readonly head: number
  readonly query: string
  readonly key: string
  /** Both positions in full: `C0 · p10, predicts C1`. */
  readonly from: string
  readonly to: string
  readonly attention: number
}

/** A character's advance in the monospaced face, as a share of the type size. */
const advance = 0.6

export function attentionDrawing(input: AttentionInput, display: Display): Drawing<AttentionDatum> {
  const { unit, label, panel, text } = penOf(display)
  const length = input.pattern.shape[3]!
  const gutter = 28 * unit
  const cell = Math.max(Math.floor((Math.min(display.width, display.height) - gutter) / length), 1)
  const names = positionLabels(input.layout)
  const targets = attentionCells(input).map((datum) => ({
    x: gutter + names.indexOf(datum.key) * cell,
    y: gutter + names.indexOf(datum.query) * cell,
    width: cell,
    height: cell,
    datum,
  }))
  const cells = targets.map(({ datum, ...box }): Mark => {
    return { kind: 'rect', ...box, fill: unitColor(datum.attention, display) ?? panel }
  })
  const above = new Set(namedEntries(length, cell, 2.25 * advance * label))
  const beside = new Set(namedEntries(length, cell, label))
  const labels = names.flatMap((name, index): Mark[] => {
    const middle = gutter + (index + 0.5) * cell
    return [
      ...(beside.has(index) ? [text(gutter - 6 * unit, middle, name, { font: 'mono', anchor: 'end' })] : []),
      ...(above.has(index) ? [text(middle, gutter - 10 * unit, name, { font: 'mono', anchor: 'middle' })] : []),
    ]
  })
  return drawing(
    display,
    [...hatch(gutter, cell, length, display), ...cells, ...rules(gutter, cell, input, display), ...labels],
    targets,
  )
}

/** The cells that exist, row by row. */
export function attentionCells({ pattern, layer, head, layout }: AttentionInput): AttentionDatum[] {
  const [, heads, queries, keys] = pattern.shape as [number, number, number, number]
  const labels = positionLabels(layout)
  const names = labels.map((_, position) => positionName(position, layout))
  const start = (layer * heads + head) * queries * keys
  return Array.from({ length: queries * keys }, (_, index): AttentionDatum[] => {
    const attention = pattern.data[start + index]!
    if (Number.isNaN(attention)) return []
    const [query, key] = [Math.floor(index / keys), index % keys]
    const place = { query: labels[query]!, key: labels[key]!, from: names[query]!, to: names[key]! }
    return [{ layer, head, ...place, attention }]
  }).flat()
}

/** Strokes at 45 degrees over the cells above the diagonal, along x + y = c, from where each enters the staircase. */
function hatch(start: number, cell: number, length: number, display: Display): Mark[] {
  const spacing = 5 / cell
  const paths: number[][] = []
  for (let sum = 1 + spacing; sum < 2 * length - 1; sum += spacing) {
    const column = Math.floor(sum / 2) + 1
    const [x, y] = sum < 2 * column - 1 ? [sum - column + 1, column - 1] : [column, sum - column]
    const endX = Math.min(sum, length)
    if (endX > x) paths.push([x, y, endX, sum - endX].map((value) => start + value * cell))
  }
  const { hatch: stroke, unit: strokeWidth } = penOf(display)
  return [{ kind: 'lines', paths, stroke, strokeWidth }]
}

/** Gaps before `+`, B, `=` and C in both directions. */
function rules(start: number, cell: number, { layout, pattern }: AttentionInput, display: Display): Mark[] {
  const length = pattern.shape[3]!
  const at = (position: number) => start + position * cell
  const paths = groupBoundaries(layout).flatMap((position) => [
    [at(position), at(position), at(position), at(length)],
    [at(0), at(position), at(position), at(position)],
  ])
  const { panel: stroke, unit: strokeWidth } = penOf(display)
  return [{ kind: 'lines', paths, stroke, strokeWidth }]
}

export function attentionNote({ layer, head, from, to, attention }: AttentionDatum): Note {
  return {
    subject: `H${layer}.${head}: ${from} → ${to}`,
    lines: [{ label: 'attention', value: decimalText(attention, 3) }],
    hook: `blocks.${layer}.attn.hook_pattern[${head}]`,
  }
}

export function attentionTable(input: AttentionInput): Table {
  return {
    caption: `Attention of H${input.layer}.${input.head} by destination and source`,
    columns: ['query', 'key', 'attention'],
    rows: attentionCells(input).map(({ from, to, attention }) => [from, to, attention]),
  }
}
