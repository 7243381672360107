import { hatching } from '../drawing/hatching'
import type { Box, Mark } from '../drawing/drawing'
import type { Display } from '../drawing/display'
import { inkOn, signedColor } from '../drawing/palette'
import { penOf } from '../drawing/pen'

/** One cell of a map with its figure written in it. */
export interface Cell extends Box {
  /** NaN where there is none: the cell is then hatched, not coloured as zero. */
  readonly value: number
  readonly text: string
  readonly bold?: boolean
}

/** Cells on the signed scale -limit..limit, a hair apart; the figures in black or white, whichever contrasts more. */
export function cellMarks(cells: readonly Cell[], limit: number, display: Display): Mark[] {
  const { unit, ink3, text: textAt } = penOf(display)
  return cells.flatMap(({ x, y, width, height, value, text, bold }): Mark[] => {
    const color = signedColor(value, limit, display)
    const box = { x, y, width: width - unit, height: height - unit }
    const fill = color === null ? ink3 : inkOn(color)
    const ground: Mark = color === null ? hatching(box, display) : { kind: 'rect', ...box, fill: color }
    const look = { fill, weight: bold ? 650 : 400, anchor: 'middle' } as const
    return [ground, textAt(x + width / 2, y + height / 2, text, look)]
  })
}
