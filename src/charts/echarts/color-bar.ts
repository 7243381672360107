import type { GraphicComponentOption, VisualMapComponentOption } from 'echarts'
import type { Rect } from '../drawing/drawing'
import { fonts, metrics, tokensOf, type Display } from '../drawing/display'
import { decimalText, signedText } from '../drawing/number-text'
import { signedStops } from '../drawing/palette'

type Box = Pick<Rect, 'x' | 'y' | 'width' | 'height'>

/** The signed palette as a standing scale, limit above and -limit below. The cells beside it have their colours already. */
export function colorBar({ x, y, width, height }: Box, limit: number, display: Display): VisualMapComponentOption {
  return {
    type: 'continuous',
    seriesIndex: [],
    min: -limit,
    max: limit,
    inRange: { color: [...signedStops(display)] },
    itemWidth: width,
    itemHeight: height,
    padding: 0,
    left: x,
    top: y,
    hoverLink: false,
  }
}

/** The scale's three figures, to its right. */
export function colorBarText({ x, y, width, height }: Box, limit: number, display: Display): GraphicComponentOption[] {
  const { unit, label } = metrics(display)
  const decimals = Number.isInteger(limit) ? 0 : 2
  const figure = (at: number, text: string): GraphicComponentOption => {
    const font = `${label}px ${fonts.sans}`
    const style = { text, font, fill: tokensOf(display).ink3, verticalAlign: 'middle' as const }
    return { type: 'text', silent: true, x: x + width + 8 * unit, y: at, style }
  }
  return [
    figure(y + 5 * unit, signedText(limit, decimals)),
    figure(y + height / 2, '0'),
    figure(y + height - 5 * unit, decimalText(-limit, decimals)),
  ]
}
