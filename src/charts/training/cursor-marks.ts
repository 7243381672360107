import type { Display } from '../drawing/display'
import type { Box, Mark } from '../drawing/drawing'
import { classColor } from '../drawing/palette'
import { penOf } from '../drawing/pen'
import { valueAt, type Curves } from './curves'
import type { Scale } from './scales'

interface Cursor {
  readonly of: Curves
  readonly box: Box
  readonly at: number
  readonly x: Scale
}

/** The step that is looked at: a line, a dot on every curve, and the values in order beside it, each led to its dot. */
export function cursorMarks({ of, box, at, x }: Cursor, display: Display): Mark[] {
  const { unit, acc, ink, line: border, panel, text, rule } = penOf(display)
  const line = box.x + x.place(at) * box.width
  const values = of.curves
    .map((curve) => ({ ...curve, value: valueAt(curve, at) }))
    .filter(({ value }) => !Number.isNaN(value))
    .map((curve) => ({ ...curve, y: box.y + (1 - of.scale.place(curve.value)) * box.height }))
    .toSorted((one, other) => one.y - other.y)
  // Where the cursor leaves no room at its right, the values stand at its left, unless there is even less.
  const room = 200 * unit
  const beyond = box.x + box.width - line
  const isRight = beyond > room || beyond > line - box.x
  const edge = isRight ? Math.min(line + 66 * unit, box.x + box.width - room + 40 * unit) : Math.max(line - room, box.x)
  const lowest = box.y + box.height - 6 * unit - (values.length - 1) * 15 * unit
  // Rising curves leave the lower corner free, falling ones the upper.
  const top = of.dots ? Math.max(box.y + 8 * unit, lowest) : box.y + 8 * unit
  const place = { x: edge - 4 * unit, y: top - 8 * unit, width: 158 * unit, height: (values.length * 15 + 1) * unit }
  // Where curves come by, they pass behind.
  const ground: Mark = { kind: 'rect', ...place, radius: 3 * unit, fill: panel, stroke: border, strokeWidth: unit }
  return [
    ...(values.length > 0 ? [ground] : []),
    rule([line, box.y - 4 * unit], [line, box.y + box.height], acc, 2 * unit),
    ...values.flatMap(({ name, value, rank, y }, index): Mark[] => {
      const color = classColor(rank, display)
      const row = top + index * 15 * unit
      const from = isRight ? edge - 4 * unit : edge + 154 * unit
      return [
        rule([line, y], [from, row], color, 0.7 * unit),
        { kind: 'circle', x: line, y, radius: 4 * unit, fill: color, stroke: panel, strokeWidth: 1.5 * unit },
        text(edge + 46 * unit, row, of.textOf(value), { fill: ink, halo: panel, weight: 650, anchor: 'end' }),
        text(edge + 51 * unit, row, name, { halo: panel }),
      ]
    }),
  ]
}
