import type { GraphicComponentOption, VisualMapComponentOption } from 'echarts'
import type { Box } from '../drawing/drawing'
import { fonts, metrics, tokensOf, type Display } from '../drawing/display'
import { decimalText, signedText } from '../drawing/number-text'
import { signedStops, unitStops } from '../drawing/palette'

/** What a scale reaches: from -limit, or from 0 where nothing is negative and colours are those of shares. */
export interface ColorRange {
  readonly limit: number
  readonly magnitudes?: boolean
}

/** The palette as a standing scale, its largest value above. The cells beside it have their colours already. */
export function colorBar(
  { x, y, width, height }: Box,
  { limit, magnitudes = false }: ColorRange,
  display: Display,
): VisualMapComponentOption {
  return {
    type: 'continuous',
    seriesIndex: [],
    min: magnitudes ? 0 : -limit,
    max: limit,
    inRange: { color: [...(magnitudes ? unitStops(display) : signedStops(display))] },
    itemWidth: width,
    itemHeight: height,
    padding: 0,
    left: x,
    top: y,
    hoverLink: false,
  }
}

/** The scale's figures, to its right: the ends and, of signed values, the middle. */
export function colorBarText(
  { x, y, width, height }: Box,
  { limit, magnitudes = false }: ColorRange,
  display: Display,
): GraphicComponentOption[] {
  const { unit, label } = metrics(display)
  const decimals = Number.isInteger(limit) ? 0 : 2
  const figure = (at: number, text: string): GraphicComponentOption => {
    const font = `${label}px ${fonts.sans}`
    const style = { text, font, fill: tokensOf(display).ink3, verticalAlign: 'middle' as const }
    return { type: 'text', silent: true, x: x + width + 8 * unit, y: at, style }
  }
  const [top, bottom] = [y + 5 * unit, y + height - 5 * unit]
  if (magnitudes) return [figure(top, decimalText(limit, decimals)), figure(bottom, '0')]
  return [
    figure(top, signedText(limit, decimals)),
    figure(y + height / 2, '0'),
    figure(bottom, decimalText(-limit, decimals)),
  ]
}
