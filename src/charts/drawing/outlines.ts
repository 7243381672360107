import type { Box } from './drawing'

/** Boxes with those that lie side by side joined: first along rows, then rows of the same extent. */
export function outlines(boxes: readonly Box[]): Box[] {
  const rows = joined(boxes, { from: 'x', extent: 'width', across: 'y', span: 'height' })
  return joined(rows, { from: 'y', extent: 'height', across: 'x', span: 'width' })
}

interface Along {
  readonly from: 'x' | 'y'
  readonly extent: 'width' | 'height'
  readonly across: 'x' | 'y'
  readonly span: 'width' | 'height'
}

/** How far apart neighbours may be, in CSS pixels: cells stand a hair apart. */
const hair = 2.5

function joined(boxes: readonly Box[], { from, extent, across, span }: Along): Box[] {
  const close = (one: number, other: number) => Math.abs(one - other) < 0.5
  const made: Box[] = []
  for (const box of boxes.toSorted((one, other) => one[across] - other[across] || one[from] - other[from])) {
    const last = made.at(-1)
    const meets =
      last &&
      close(last[across], box[across]) &&
      close(last[span], box[span]) &&
      Math.abs(last[from] + last[extent] - box[from]) < hair
    if (meets) made[made.length - 1] = { ...last, [extent]: box[from] + box[extent] - last[from] }
    else made.push(box)
  }
  return made
}
