import type { GraphicComponentOption, VisualMapComponentOption } from 'echarts'
import type { Rect } from './drawing'
import { fonts, metrics, tokensOf, type Display } from './display'
import { decimalText, signedText } from './number-text'
import { signedStops } from './palette'

type Box = Pick<Rect, 'x' | 'y' | 'width' | 'height'>

/** The signed palette as the colours of a heat map and as a standing scale beside it, limit above and -limit below. */
export function colorBar({ x, y, width, height }: Box, limit: number, display: Display): VisualMapComponentOption {
  return {
    type: 'continuous',
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
