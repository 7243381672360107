import type { Display } from './display'

/**
 * A picture as plain data: marks from back to front, in CSS pixels from the top left corner, and the boxes that answer to
 * pointer and keys. What a keystroke redraws is such a drawing, painted on one canvas in a fraction of a millisecond;
 * saved figures and picture tests print the same drawing as SVG.
 */
export interface Drawing<Datum> {
  readonly width: number
  readonly height: number
  readonly marks: readonly Mark[]
  /** In reading order, which is the order of the arrow keys. */
  readonly targets: readonly Target<Datum>[]
}

/** A place in a picture, in CSS pixels from its top left corner. */
export interface Box {
  readonly x: number
  readonly y: number
  readonly width: number
  readonly height: number
}

/** A box and what it stands for: enough to know what was pointed at without any arithmetic. */
export interface Target<Datum> extends Box {
  /** Where the box is too coarse: the stroke that must be close to the pointer, x and y of both ends. */
  readonly stroke?: readonly [number, number, number, number]
  readonly datum: Datum
}

export interface Paint {
  readonly fill?: string
  readonly stroke?: string
  readonly strokeWidth?: number
  readonly dash?: readonly number[]
}

export interface Rect extends Paint, Box {
  readonly kind: 'rect'
  readonly radius?: number
}

/** Straight lines from point to point, x and y by turns. Each path is drawn by itself. */
export interface Lines extends Paint {
  readonly kind: 'lines'
  readonly paths: readonly (readonly number[])[]
  readonly closed?: boolean
}

export interface Circle extends Paint {
  readonly kind: 'circle'
  readonly x: number
  readonly y: number
  readonly radius: number
}

/** Many small squares or discs of one colour, x and y of their middles by turns. */
export interface Points {
  readonly kind: 'points'
  readonly places: readonly number[]
  /** Their side, or how wide a disc is. */
  readonly size: number
  readonly round?: boolean
  readonly fill: string
  /** 1 when absent. */
  readonly opacity?: number
}

/** A slice of a disc, from one angle to a larger one, in radians counter-clockwise from the right. */
export interface Sector extends Paint {
  readonly kind: 'sector'
  readonly x: number
  readonly y: number
  readonly radius: number
  readonly from: number
  readonly to: number
}

/** One line of type; `y` is the middle of its capitals. */
export interface Text {
  readonly kind: 'text'
  readonly x: number
  readonly y: number
  readonly text: string
  readonly size: number
  readonly fill: string
  readonly font?: 'sans' | 'mono'
  /** 400 when absent. */
  readonly weight?: number
  /** `start` when absent. */
  readonly anchor?: 'start' | 'middle' | 'end'
  /** A rim in the ground's colour, so that the text stands clear of what it crosses. */
  readonly halo?: string
}

export type Mark = Rect | Lines | Circle | Points | Sector | Text

/** Capitals are 0.72 of the type size high in both faces: half of that below the middle lies the base line. */
export const baselineShift = 0.36

/** How far the rim of a text with a halo reaches, in CSS pixels. */
export const haloWidth = 3

export function drawing<Datum>(
  { width, height }: Display,
  marks: readonly Mark[],
  targets: readonly Target<Datum>[],
): Drawing<Datum> {
  return { width, height, marks, targets }
}

/** How close the pointer must come to a stroke, in CSS pixels. */
const grasp = 5

/** The front-most target under a point. */
export function targetAt<Datum>(
  { targets }: Pick<Drawing<Datum>, 'targets'>,
  x: number,
  y: number,
): Target<Datum> | null {
  const holds = (target: Target<Datum>) =>
    target.stroke
      ? distanceTo(target.stroke, x, y) <= grasp
      : x >= target.x && x < target.x + target.width && y >= target.y && y < target.y + target.height
  return targets.findLast(holds) ?? null
}

function distanceTo([x1, y1, x2, y2]: readonly [number, number, number, number], x: number, y: number): number {
  const squaredLength = (x2 - x1) ** 2 + (y2 - y1) ** 2
  const along = squaredLength === 0 ? 0 : ((x - x1) * (x2 - x1) + (y - y1) * (y2 - y1)) / squaredLength
  const share = Math.min(Math.max(along, 0), 1)
  return Math.hypot(x - x1 - share * (x2 - x1), y - y1 - share * (y2 - y1))
}

/** A `✕` as two strokes: fonts disagree about the letter's size and place. `reach` is half its side. */
export function cross(x: number, y: number, reach: number, stroke: string, strokeWidth: number): Lines {
  const paths = [
    [x - reach, y - reach, x + reach, y + reach],
    [x - reach, y + reach, x + reach, y - reach],
  ]
  return { kind: 'lines', paths, stroke, strokeWidth }
}

/** The `▸` of the truth, its tip at x + reach. */
export function pointer(x: number, y: number, reach: number, fill: string): Lines {
  return { kind: 'lines', paths: [[x - reach, y - reach, x + reach, y, x - reach, y + reach]], closed: true, fill }
}
