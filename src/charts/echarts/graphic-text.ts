import type { GraphicComponentOption } from 'echarts'
import { fonts, metrics, tokensOf, type Display } from '../drawing/display'

/** How a line of type beside a chart looks, where it is not in `ink2` and from its place to the right. */
interface Look {
  readonly fill?: string
  readonly font?: string
  readonly align?: 'left' | 'center' | 'right'
  readonly rich?: Readonly<Record<string, { readonly font: string; readonly fill: string }>>
  /** A ground behind it, and how far that reaches beyond it. */
  readonly backgroundColor?: string
  readonly padding?: number
}

/** One line of type beside a chart, which answers to nothing; `y` is its middle. */
export function graphicText(x: number, y: number, text: string, look: Look, display: Display): GraphicComponentOption {
  const { ink2 } = tokensOf(display)
  const style = { text, fill: ink2, font: graphicFont(display), verticalAlign: 'middle' as const, ...look }
  return { type: 'text', silent: true, x, y, style }
}

/** The label face as ECharts' graphics take it. */
export function graphicFont(display: Display, weight = 400, size = metrics(display).label): string {
  return `${weight} ${size}px ${fonts.sans}`
}
