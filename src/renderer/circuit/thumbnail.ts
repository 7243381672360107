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

/**
 * Paints cells, the hatched triangle of what cannot be attended to, the rules between A, +, B, = and C, and the frame, on a canvas of
 * `scale` pixels for a CSS pixel, which gets as many as that takes.
 */
export function paintAttention(
  canvas: HTMLCanvasElement,
  grid: AttentionGrid,
  { cell, layout, focusRow }: GridFrame,
  colors: PaletteChoice,
  scale: number,
): void {
  const extent = grid.length * cell
  const pixels = Math.round(extent * scale)
  if (canvas.width !== pixels) canvas.width = canvas.height = pixels
  const context = canvas.getContext('2d')
  if (!context) return
  context.setTransform(scale, 0, 0, scale, 0, 0)
  const { line, acc } = tokens[colors.theme]
  context.clearRect(0, 0, extent, extent)
  context.drawImage(hatchedTriangle(grid.length, cell, tokens[colors.theme].hatch, scale), 0, 0, extent, extent)
  // Each cell is one pixel of a small image, enlarged without smoothing: one call in place of a hundred.
  context.imageSmoothingEnabled = false
  context.drawImage(cellImage(grid, colors), 0, 0, extent, extent)
  ruleGroups(context, extent, cell, layout, line)
  context.strokeStyle = acc
  context.lineWidth = 1.5
  context.strokeRect(0.75, focusRow * cell + 0.25, (focusRow + 1) * cell - 1.5, cell - 0.5)
}

let cells: HTMLCanvasElement | undefined

/** One pixel for each query and key; what cannot be attended to is transparent. Good until it is asked for again. */
function cellImage({ length, values, signed }: AttentionGrid, colors: PaletteChoice): HTMLCanvasElement {
  cells ??= document.createElement('canvas')
  if (cells.width !== length) cells.width = cells.height = length
  const context = cells.getContext('2d')!
  const image = context.createImageData(length, length)
  const pixels = new DataView(image.data.buffer)
  const { panel } = tokens[colors.theme]
  for (let query = 0; query < length; query++)
    for (let key = 0; key <= query; key++) {
      const at = query * length + key
      const value = values[at]!
      const color = (signed ? signedColor(value, 1, colors) : unitColor(value, colors)) ?? panel
      pixels.setUint32(4 * at, ((Number.parseInt(color.slice(1), 16) << 8) | 255) >>> 0)
    }
  context.putImageData(image, 0, 0)
  return cells
}

let hatched: { readonly key: string; readonly canvas: HTMLCanvasElement } | undefined

/** The same for every head, and so painted once. */
function hatchedTriangle(length: number, cell: number, color: string, scale: number): HTMLCanvasElement {
  const key = [length, cell, color, scale].join()
  if (hatched?.key === key) return hatched.canvas
  const canvas = document.createElement('canvas')
  const extent = length * cell
  canvas.width = canvas.height = Math.round(extent * scale)
  const context = canvas.getContext('2d')!
  context.scale(scale, scale)
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
  hatched = { key, canvas }
  return canvas
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
