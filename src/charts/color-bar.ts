import type { Mark, Rect } from './drawing'
import { metrics, tokensOf, type Display } from './display'
import { decimalText, signedText } from './number-text'
import { signedColor } from './palette'

/** A standing scale of the signed palette, limit above and -limit below, with its three figures to the right. */
export function colorBar(
  { x, y, width, height }: Pick<Rect, 'x' | 'y' | 'width' | 'height'>,
  limit: number,
  display: Display,
): Mark[] {
  const { unit, label: size } = metrics(display)
  const bands = Math.max(Math.round(height / (2 * unit)), 2)
  const band = height / bands
  const colors = Array.from({ length: bands }, (_, index): Mark => {
    const value = limit * (1 - (2 * index) / (bands - 1))
    // A hair of overlap, or the ground shows between the bands on some screens.
    const box = { x, y: y + index * band, width, height: index === bands - 1 ? band : band + 0.5 * unit }
    return { kind: 'rect', ...box, fill: signedColor(value, limit, display)! }
  })
  const decimals = Number.isInteger(limit) ? 0 : 2
  const figure = (at: number, text: string): Mark => {
    return { kind: 'text', x: x + width + 8 * unit, y: at, text, size, fill: tokensOf(display).ink3 }
  }
  return [
    ...colors,
    figure(y + 5 * unit, signedText(limit, decimals)),
    figure(y + height / 2, '0'),
    figure(y + height - 5 * unit, decimalText(-limit, decimals)),
  ]
}
