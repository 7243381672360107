import { hatchPaths } from '../../charts/drawing/hatching'
import { signedColor, unitColor, type PaletteChoice } from '../../charts/drawing/palette'
import { tokens } from '../../charts/drawing/tokens'
import { groupBoundaries } from '../../core/positions'
import type { TaskLayout } from '../../core/task-layout'
import type { RunView } from '../../contract/contract'

/** One head's attention, ready to be painted: rows are queries, columns keys, both over all positions. */
export interface AttentionGrid {
  readonly length: number
  /** Row-major; NaN where the key comes after the query. */
  readonly values: ArrayLike<number>
  /** Whether the values are differences, -1..1, or attention, 0..1. */
  readonly signed: boolean
}

/** What is drawn around the cells. */
export interface GridFrame {
  readonly cell: number
  readonly layout: TaskLayout
  /** The query row that is framed, up to its own position. */
  readonly focusRow: number
}

/** A head's pattern in one run. */
export function attentionOf(run: RunView, layer: number, head: number): AttentionGrid {
  const [, heads, queries, keys] = run.pattern.shape as [number, number, number, number]
  const start = (layer * heads + head) * queries * keys
  return { length: keys, values: run.pattern.data.subarray(start, start + queries * keys), signed: false }
}

/** What the interventions did to a head's pattern: intervened minus clean. */
export function attentionChange(clean: RunView, now: RunView, layer: number, head: number): AttentionGrid {
  const before = attentionOf(clean, layer, head)
  const after = attentionOf(now, layer, head)
  const values = Float32Array.from(after.values, (value, index) => value - before.values[index]!)
  return { length: before.length, values, signed: true }
}

/** Paints cells, the hatched triangle of what cannot be attended to, the rules between A, +, B, = and C, and the frame. */
export function paintAttention(
  context: CanvasRenderingContext2D,
  grid: AttentionGrid,
  { cell, layout, focusRow }: GridFrame,
  colors: PaletteChoice,
): void {
  const extent = grid.length * cell
  const { hatch, line, panel, acc } = tokens[colors.theme]
  context.clearRect(0, 0, extent, extent)
  hatchTriangle(context, extent, cell, hatch)
  for (let query = 0; query < grid.length; query++)
    for (let key = 0; key <= query; key++) {
      const value = grid.values[query * grid.length + key]!
      const color = grid.signed ? signedColor(value, 1, colors) : unitColor(value, colors)
      context.fillStyle = color ?? panel
      context.fillRect(key * cell, query * cell, cell, cell)
    }
  ruleGroups(context, extent, cell, layout, line)
  context.strokeStyle = acc
  context.lineWidth = 1.5
  context.strokeRect(0.75, focusRow * cell + 0.25, (focusRow + 1) * cell - 1.5, cell - 0.5)
}

function hatchTriangle(context: CanvasRenderingContext2D, extent: number, cell: number, color: string): void {
  context.save()
  context.beginPath()
  for (let edge = cell; edge < extent; edge += cell) context.rect(edge, edge - cell, extent - edge, cell)
  context.clip()
  context.strokeStyle = color
  context.lineWidth = 1
  context.beginPath()
  for (const [x1, y1, x2, y2] of hatchPaths({ x: 0, y: 0, width: extent, height: extent }, 1)) {
    context.moveTo(x1, y1)
    context.lineTo(x2, y2)
  }
  context.stroke()
  context.restore()
}

/** Thin rules before `+`, B, `=` and C in both directions. */
function ruleGroups(
  context: CanvasRenderingContext2D,
  extent: number,
  cell: number,
  layout: TaskLayout,
  color: string,
): void {
  context.fillStyle = color
  for (const start of groupBoundaries(layout)) {
    context.fillRect(start * cell - 0.5, start * cell, 1, extent - start * cell)
    context.fillRect(0, start * cell - 0.5, start * cell, 1)
  }
}
