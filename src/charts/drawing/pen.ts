import { metrics, tokensOf, type Display, type Metrics } from './display'
import type { Lines, Text } from './drawing'
import type { Tokens } from './tokens'

/** What a picture is drawn with: its sizes and colours, and the two marks that most of it is made of. */
export interface Pen extends Metrics, Tokens {
  /** One line of type at a place; in label type and `ink2`, where its look does not say otherwise. */
  readonly text: (x: number, y: number, text: string, look?: Look) => Text
  /** One straight stroke; a unit wide and in the colour of lines, where it is not told. */
  readonly rule: (from: Spot, to: Spot, stroke?: string, strokeWidth?: number) => Lines
}

type Look = Partial<Omit<Text, 'kind' | 'x' | 'y' | 'text'>>
/** CSS pixels from the picture's top left corner. */
type Spot = readonly [x: number, y: number]

export function penOf(display: Display): Pen {
  const sizes = metrics(display)
  const colors = tokensOf(display)
  return {
    ...sizes,
    ...colors,
    text: (x, y, text, look = {}) => ({ kind: 'text', x, y, text, size: sizes.label, fill: colors.ink2, ...look }),
    rule: (from, to, stroke = colors.line, strokeWidth = sizes.unit) => {
      return { kind: 'lines', paths: [[...from, ...to]], stroke, strokeWidth }
    },
  }
}
