import {
  baselineShift,
  haloWidth,
  type Drawing,
  type Mark,
  type Paint,
  type Points,
  type Rect,
  type Text,
} from '../../charts/drawing/drawing'
import { fonts } from '../../charts/drawing/display'

/** Paints a drawing on a canvas of its size, sharp on any screen. The canvas keeps no trace of what was there before. */
export function paint(canvas: HTMLCanvasElement, { width, height, marks }: Drawing<unknown>, pixelRatio: number): void {
  const [columns, rows] = [Math.round(width * pixelRatio), Math.round(height * pixelRatio)]
  if (canvas.width !== columns) canvas.width = columns
  if (canvas.height !== rows) canvas.height = rows
  const context = canvas.getContext('2d')
  if (!context) return
  context.setTransform(pixelRatio, 0, 0, pixelRatio, 0, 0)
  context.clearRect(0, 0, width, height)
  context.textRendering = 'geometricPrecision'
  context.lineJoin = 'miter'
  const painted = { font: '' }
  for (const mark of marks) paintMark(context, mark, painted)
}

/** The font that was set last. */
interface Painted {
  font: string
}

function paintMark(context: CanvasRenderingContext2D, mark: Mark, painted: Painted): void {
  if (mark.kind === 'text') {
    paintText(context, mark, painted)
    return
  }
  if (mark.kind === 'points') {
    paintPoints(context, mark)
    return
  }
  if (mark.kind === 'rect' && !mark.radius) {
    paintRect(context, mark)
    return
  }
  context.beginPath()
  switch (mark.kind) {
    case 'rect':
      context.roundRect(mark.x, mark.y, mark.width, mark.height, mark.radius ?? 0)
      break
    case 'circle':
      context.arc(mark.x, mark.y, mark.radius, 0, 2 * Math.PI)
      break
    case 'sector':
      context.moveTo(mark.x, mark.y)
      context.arc(mark.x, mark.y, mark.radius, -mark.from, -mark.to, true)
      context.closePath()
      break
    case 'lines':
      for (const path of mark.paths) trace(context, path, mark.closed ?? false)
  }
  apply(context, mark)
}

/** Without a path, which takes three times as long. */
function paintRect(context: CanvasRenderingContext2D, { x, y, width, height, ...look }: Rect): void {
  if (look.fill) {
    context.fillStyle = look.fill
    context.fillRect(x, y, width, height)
  }
  if (!look.stroke) return
  strokeBy(context, look)
  context.strokeRect(x, y, width, height)
}

function paintPoints(context: CanvasRenderingContext2D, { places, size, round, fill, opacity = 1 }: Points): void {
  context.fillStyle = fill
  context.globalAlpha = opacity
  if (round) context.beginPath()
  for (let index = 0; index < places.length; index += 2) {
    const [x, y] = [places[index]!, places[index + 1]!]
    if (!round) context.fillRect(x - size / 2, y - size / 2, size, size)
    else {
      context.moveTo(x + size / 2, y)
      context.arc(x, y, size / 2, 0, 2 * Math.PI)
    }
  }
  if (round) context.fill()
  context.globalAlpha = 1
}

function trace(context: CanvasRenderingContext2D, path: readonly number[], closed: boolean): void {
  context.moveTo(path[0]!, path[1]!)
  for (let index = 2; index < path.length; index += 2) context.lineTo(path[index]!, path[index + 1]!)
  if (closed) context.closePath()
}

function apply(context: CanvasRenderingContext2D, look: Paint): void {
  if (look.fill) {
    context.fillStyle = look.fill
    context.fill()
  }
  if (!look.stroke) return
  strokeBy(context, look)
  context.stroke()
}

function strokeBy(context: CanvasRenderingContext2D, { stroke, strokeWidth, dash }: Paint): void {
  context.strokeStyle = stroke!
  context.lineWidth = strokeWidth ?? 1
  context.setLineDash(dash ? [...dash] : [])
}

function paintText(context: CanvasRenderingContext2D, mark: Text, painted: Painted): void {
  const font = `${mark.weight ?? 400} ${mark.size}px ${fonts[mark.font ?? 'sans']}`
  // Setting a font has it parsed, even where it is the one that is set.
  if (painted.font !== font) context.font = painted.font = font
  context.textAlign = mark.anchor === 'middle' ? 'center' : (mark.anchor ?? 'start')
  const base = mark.y + mark.size * baselineShift
  if (mark.halo) {
    context.strokeStyle = mark.halo
    context.lineWidth = haloWidth
    context.setLineDash([])
    context.strokeText(mark.text, mark.x, base)
  }
  context.fillStyle = mark.fill
  context.fillText(mark.text, mark.x, base)
}
