import type { Closure } from '../charts/drawing/closure'
import type { Table } from '../charts/drawing/table'
import { tokens, type Theme } from '../charts/drawing/tokens'
import type { AnyFigure, ShownFigure } from '../charts/figure'
import { figureSvg } from './figure-svg'

/** One part of a figure of one answer. */
export interface ReportPicture {
  /** The part, such as the head; empty where the figure has none. */
  readonly part: string
  /** What it shows, for those who do not see it. */
  readonly label: string
  readonly finding: string | undefined
  readonly closure: Closure | undefined
  /** An SVG document; null where the numbers are read as a table. */
  readonly svg: string | null
  /** The same in dark colours. */
  readonly dark: string | null
  readonly table: Table
}

/** CSS pixels; a figure may declare others. */
const pictureSize = { width: 520, height: 340 } as const

/** A figure as it is shown, drawn for a page in both themes. */
export function reportPicture(
  { size }: Pick<AnyFigure, 'size'>,
  { label, finding, closure, draw, table }: ShownFigure,
  part: string,
): ReportPicture {
  const display = { ...pictureSize, ...size, palette: 'standard', stage: false } as const
  const inTheme = (theme: Theme) => draw && figureSvg(draw({ ...display, theme }), tokens[theme].panel)
  return { part, label, finding, closure, svg: inTheme('light'), dark: inTheme('dark'), table }
}
