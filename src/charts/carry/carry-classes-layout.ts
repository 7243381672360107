import { countText } from '../../core/counted'
import { metrics, type Display } from '../drawing/display'
import { classMeasures, type CarryClassRow, type ClassesInput } from './carry-classes'

/** In Explore's pixels. */
export const headHeight = 20
export const leastRow = 18
const gap = 10
/** Shorter bars tell nothing. */
const leastBar = 26
const mostBar = 160

/** Where everything in the table of classes stands, in CSS pixels. */
export interface ClassesLayout {
  readonly top: number
  readonly rowHeight: number
  /** Where a class' name ends. */
  readonly nameWidth: number
  readonly countRight: number
  readonly columns: readonly MeasureColumn[]
  /** Whether both runs are written; else only the one under interventions, and the clean one is an outline alone. */
  readonly showsBoth: boolean
}

/** Of one measure: its numbers, and its bar right of them; the bar is 0 wide where it has no room. */
export interface MeasureColumn {
  readonly heading: string
  readonly from: number
  readonly textRight: number
  /** How wide the number under interventions may be. */
  readonly nowWidth: number
  readonly barX: number
  readonly barWidth: number
}

/** As much as fits: both runs' numbers with bars, else one run's with bars, else the numbers alone. */
export function classesLayout(
  { runs }: Pick<ClassesInput, 'runs'>,
  shown: readonly CarryClassRow[],
  display: Display,
): ClassesLayout {
  const { unit, label } = metrics(display)
  const size = label + unit
  const widest = (texts: readonly string[]) => Math.max(...texts.map((text) => textWidth(text, size)), 0)
  const nameWidth = Math.max(widest(shown.map(({ pattern }) => pattern)) + 4 * unit, 0)
  const counts = Math.max(widest(shown.map(({ n }) => countText(n))), textWidth('n ▾', label))
  const countRight = Math.max(nameWidth + 14 * unit, textWidth('27 of 27', label)) + gap * unit + counts
  const arrow = textWidth(' → ', size)
  const plan = (showsBoth: boolean) => {
    const columns = classMeasures.map(({ clean, now, text, heading, brief }) => {
      const nowWidth = widest(shown.map((row) => text(now(row)))) * 1.04
      const both =
        runs === 'both' && showsBoth ? nowWidth + arrow + widest(shown.map((row) => text(clean(row)))) : nowWidth
      const name = showsBoth ? heading : brief
      return { heading: name, nowWidth, textWidth: Math.max(both, textWidth(`${name} ▾`, label)) }
    })
    const taken = countRight + columns.reduce((sum, one) => sum + one.textWidth + 2.6 * gap * unit, 0)
    return { columns, showsBoth, bar: (display.width - taken) / columns.length }
  }
  const [full, brief] = [plan(true), plan(false)]
  const { columns, showsBoth, bar } = full.bar >= leastBar * unit ? full : brief
  const barWidth = bar >= leastBar * unit ? Math.min(bar, mostBar * unit) : 0
  let x = countRight + 1.6 * gap * unit
  return {
    top: headHeight * unit,
    rowHeight: leastRow * unit,
    nameWidth,
    countRight,
    showsBoth,
    columns: columns.map((column): MeasureColumn => {
      const from = x
      const textRight = from + column.textWidth
      const barX = textRight + 0.8 * gap * unit
      x = barX + barWidth + 1.6 * gap * unit
      return { heading: column.heading, nowWidth: column.nowWidth, from, textRight, barX, barWidth }
    }),
  }
}

/** A line's width, generously: figures and capitals, narrow signs, arrows. */
function textWidth(text: string, size: number): number {
  let ems = 0
  for (const sign of text) ems += /[.,: ]/.test(sign) ? 0.29 : /[→▾]/.test(sign) ? 0.9 : 0.62
  return ems * size
}
