import { hatching } from '../drawing/hatching'
import type { Mark } from '../drawing/drawing'
import { metrics, tokensOf, type Display } from '../drawing/display'
import { inkOn, signedColor } from '../drawing/palette'

/** One cell of a map with its figure written in it. */
export interface Cell {
  readonly x: number
  readonly y: number
  readonly width: number
  readonly height: number
  /** NaN where there is none: the cell is then hatched, not coloured as zero. */
  readonly value: number
  readonly text: string
  readonly bold?: boolean
}

/** Cells on the signed scale -limit..limit, a hair apart; the figures in black or white, whichever contrasts more. */
export function cellMarks(cells: readonly Cell[], limit: number, display: Display): Mark[] {
  const { unit, label: size } = metrics(display)
  return cells.flatMap(({ x, y, width, height, value, text, bold }): Mark[] => {
    const color = signedColor(value, limit, display)
    const box = { x, y, width: width - unit, height: height - unit }
    const place = { x: x + width / 2, y: y + height / 2, anchor: 'middle' as const }
    const ink = color === null ? tokensOf(display).ink3 : inkOn(color)
    const ground: Mark = color === null ? hatching(box, display) : { kind: 'rect', ...box, fill: color }
    return [ground, { kind: 'text', text, size, fill: ink, weight: bold ? 650 : 400, ...place }]
  })
}
