import type { GraphicComponentOption } from 'echarts'
import type { ResultOf } from '../../analyses/registry'
import { chart, type Chart } from '../drawing/chart'
import { fonts, metrics, tokensOf, type Display } from '../drawing/display'
import type { Box, Target } from '../drawing/drawing'
import { hatchPaths } from '../drawing/hatching'
import type { Note } from '../drawing/note'
import { inkOn, unitColor, unitStops } from '../drawing/palette'
import { graphicFont, graphicText } from '../echarts/graphic-text'
import type { ShownFigure } from '../figure'

/** One cell: the classes of the column to the digit's right, in this sum and in the donor. */
export interface ClassCell {
  readonly own: ColumnName
  readonly donor: ColumnName
  /** Share of these pairs that get the donor's carry; NaN where there are none. */
  readonly share: number
  readonly n: number
  /** Whether the carry could differ at all. */
  readonly possible: boolean
}

type ColumnName = 'G' | 'P' | 'K'
const classNames = ['G', 'P', 'K'] as const
const classWords: Readonly<Record<ColumnName, string>> = { G: 'carries', P: 'adds to 9', K: 'no carry' }

/** Below this many pairs a share says little. */
const fewPairs = 10

type Result = Pick<ResultOf<'transplant'>, 'movedByClass' | 'nByClass'>

/** The nine cells of a digit, row by row: this sum's class, then the donor's. */
export function classCells({ movedByClass, nByClass }: Result, digit: number): readonly ClassCell[] {
  const digits = movedByClass.shape[1]!
  return classNames.flatMap((own) =>
    classNames.map((donor) => {
      const row = (movedByClass.labels.class ?? []).indexOf(own + donor)
      const possible = own !== donor || own === 'P'
      return {
        own,
        donor,
        possible,
        share: movedByClass.data[row * digits + digit] ?? NaN,
        n: nByClass.data[row * digits + digit] ?? 0,
      }
    }),
  )
}

/**
 * Where the transplant moves the least: the class, of this sum's column or of the donor's, whose pairs follow the least often,
 * with the counts of its cells.
 */
export function weakestClass(cells: readonly ClassCell[], column: number): string {
  const known = cells.filter(({ possible, n }) => possible && n > 0)
  if (known.length === 0) return 'No pair differs here.'
  const sides = (['own', 'donor'] as const).flatMap((side) =>
    classNames.map((name) => ({ side, name, some: known.filter((cell) => cell[side] === name) })),
  )
  const rate = (some: readonly ClassCell[]) =>
    some.reduce((sum, { share, n }) => sum + share * n, 0) / some.reduce((sum, { n }) => sum + n, 0)
  const [weakest] = sides
    .filter(({ some }) => some.length > 0)
    .toSorted((one, other) => rate(one.some) - rate(other.some))
  if (rate(weakest!.some) === 1) return 'Every pair follows, whatever the classes.'
  const counts = weakest!.some.map(({ share, n }) => `${Math.round(share * n)} of ${n}`).join(', ')
  const whose = weakest!.side === 'donor' ? 'a donor' : 'a sum'
  const does = { G: 'carries', P: 'adds to 9', K: 'does not carry' }[weakest!.name]
  return `Weakest: ${whose} whose column ${column} ${does} (${weakest!.name}). ${counts}.`
}

/** The classes of the column that a digit's carry comes from, as a figure. */
export function classFigure(result: Result, digit: number): ShownFigure {
  const cells = classCells(result, digit)
  return {
    label: `Share of C${digit} that gets the donor’s carry, by the class of column ${digit + 1} in this sum and in the donor`,
    finding: weakestClass(cells, digit + 1),
    draw: (display) => classChart(cells, digit + 1, display),
    note: (datum) => classNote(datum as ClassCell, digit + 1),
    table: {
      caption: `C${digit} by classes of column ${digit + 1}`,
      columns: ['this sum', 'donor', 'moved', 'pairs'],
      units: ['', '', 'share', ''],
      rows: cells.map(({ own, donor, share, n }) => [own, donor, share, n]),
    },
  }
}

function classNote({ own, donor, share, n, possible }: ClassCell, column: number): Note {
  return {
    subject: `column ${column}: this sum ${own}, donor ${donor}`,
    lines: possible
      ? [{ label: 'moved', value: n === 0 ? 'no pairs' : `${Math.round(share * n)} of ${n}` }]
      : [{ label: 'moved', value: 'the carry never differs' }],
  }
}

/** Where the nine cells stand, in CSS pixels. */
interface Grid {
  readonly left: number
  readonly top: number
  /** Of one cell. */
  readonly width: number
  readonly height: number
}

function classChart(cells: readonly ClassCell[], column: number, display: Display): Chart<ClassCell> {
  const { unit } = metrics(display)
  const { panel } = tokensOf(display)
  const [left, top] = [90 * unit, 38 * unit]
  // For the back row it takes all the room that it has.
  const most = display.stage ? Infinity : unit
  const width = Math.min((display.width - left - 4 * unit) / 3, 80 * most)
  const height = Math.min((display.height - top - 2 * unit) / 3, 42 * most)
  const grid = { left, top, width, height }
  const targets = cells.map((datum, index): Target<ClassCell> => ({ ...boxOf(index, grid, unit), datum }))
  const missing = targets.filter(({ datum }) => datum.n === 0)
  return chart(display, targets, {
    grid: { left, top, width: 3 * width, height: 3 * height },
    xAxis: { type: 'category', data: [...classNames], show: false },
    yAxis: { type: 'category', data: [...classNames], inverse: true, show: false },
    visualMap: { show: false, min: 0, max: 1, dimension: 2, inRange: { color: [...unitStops(display)] } },
    series: [
      {
        type: 'heatmap',
        id: 'shares',
        silent: true,
        data: cells.flatMap((cell, index) => (cell.n > 0 ? [shareOf(cell, index, display)] : [])),
        itemStyle: { borderColor: panel, borderWidth: 2 * unit, borderRadius: 4 * unit },
      },
    ],
    graphic: [
      ...missing.filter(({ datum }) => !datum.possible).map((box) => hatched(box, display)),
      ...missing.map((box) => missingText(box, display)),
      ...headings(column, grid, display),
    ],
  })
}

/** The place of a cell, row by row, without what keeps it off its neighbours. */
function boxOf(index: number, { left, top, width, height }: Grid, unit: number): Box {
  const [row, column] = [Math.floor(index / 3), index % 3]
  const corner = { x: left + column * width + unit, y: top + row * height + unit }
  return { ...corner, width: width - 2 * unit, height: height - 2 * unit }
}

/** A cell's share, and below it of how many pairs. */
function shareOf({ share, n }: ClassCell, index: number, display: Display) {
  const { unit, label: size } = metrics(display)
  const color = inkOn(unitColor(share, display) ?? tokensOf(display).panel)
  const common = { color, fontFamily: fonts.sans, lineHeight: 15 * unit }
  const fontStyle = n < fewPairs ? ('italic' as const) : ('normal' as const)
  return {
    value: [index % 3, Math.floor(index / 3), share],
    label: {
      show: true,
      formatter: `{share|${Math.round(100 * share)} %}\n{n|n ${n}}`,
      rich: {
        share: { ...common, fontSize: size + unit, fontWeight: 650 },
        n: { ...common, fontSize: size, fontStyle },
      },
    },
  }
}

function hatched(box: Box, display: Display): GraphicComponentOption {
  const { unit } = metrics(display)
  const style = { stroke: tokensOf(display).hatch, lineWidth: unit, fill: 'none' }
  return { type: 'polyline', silent: true, z: 3, shape: { points: zigzag(box, unit) }, style }
}

function missingText({ x, y, width, height, datum }: Target<ClassCell>, display: Display) {
  const look = { align: 'center', backgroundColor: tokensOf(display).panel, padding: 2 } as const
  const words = datum.possible ? 'no pairs' : 'never differ'
  return { ...graphicText(x + width / 2, y + height / 2, words, look, display), z: 4 }
}

/** What the columns are, above, and the rows, to the left: each class by its letter and in words. */
function headings(column: number, { left, top, width, height }: Grid, display: Display): GraphicComponentOption[] {
  const { unit } = metrics(display)
  const { acc, ink } = tokensOf(display)
  const rich = { b: { font: graphicFont(display, 700), fill: ink } }
  const accent = { fill: acc, font: graphicFont(display, 600) }
  const texts = [
    graphicText(left, 8 * unit, `donor’s column ${column}`, accent, display),
    graphicText(0, 15 * unit, 'this sum’s', {}, display),
    graphicText(0, 29 * unit, `column ${column}`, {}, display),
    ...classNames.map((name, at) => {
      const words = `{b|${name}} ${classWords[name]}`
      return graphicText(left + (at + 0.5) * width, 27 * unit, words, { align: 'center', rich }, display)
    }),
    ...classNames.map((name, at) => {
      const words = `${classWords[name]} {b|${name}}`
      return graphicText(left - 8 * unit, top + (at + 0.5) * height, words, { align: 'right', rich }, display)
    }),
  ]
  return texts.map((text) => ({ ...text, z: 4 }))
}

/** The strokes of a hatching as one line, there and back along the box's edge: a stroke each would make a large file. */
function zigzag(box: Box, unit: number): [number, number][] {
  return hatchPaths(box, unit).flatMap(([x1, y1, x2, y2], index): [number, number][] => {
    const ends: [number, number][] = [
      [x1, y1],
      [x2, y2],
    ]
    return index % 2 === 0 ? ends : ends.toReversed()
  })
}
