import type { Display } from '../drawing/display'
import type { Box, Mark } from '../drawing/drawing'
import { decimalText, signedText } from '../drawing/number-text'
import { signedColor } from '../drawing/palette'
import { penOf } from '../drawing/pen'

/** The signed palette as a standing scale, limit above and `least` below (-limit or 0), and its figures. */
export function scaleMarks({ x, y, width, height }: Box, limit: number, display: Display, least = -limit): Mark[] {
  const { unit, ink3, text } = penOf(display)
  const steps = 32
  const blocks = Array.from({ length: steps }, (_, step): Mark => {
    const value = limit * (1 - ((1 - least / limit) * (step + 0.5)) / steps)
    // Blocks overlap a little, so that no seam shows between them.
    const high = height / steps + (step < steps - 1 ? 0.5 : 0)
    const fill = signedColor(value, limit, display)!
    return { kind: 'rect', x, y: y + (step * height) / steps, width, height: high, fill }
  })
  const decimals = limit >= 10 || Number.isInteger(limit) ? 0 : limit >= 1 ? 1 : 2
  const figure = (at: number, words: string) => text(x + width + 6 * unit, at, words, { fill: ink3 })
  return [
    ...blocks,
    figure(y + 5 * unit, least < 0 ? signedText(limit, decimals) : decimalText(limit, decimals)),
    ...(least < 0 ? [figure(y + height / 2, '0')] : []),
    figure(y + height - 5 * unit, least < 0 ? decimalText(least, decimals) : '0'),
  ]
}
