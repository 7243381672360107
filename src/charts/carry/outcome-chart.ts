import type { BarSeriesOption, GraphicComponentOption } from 'echarts'
import type { ResultOf } from '../../analyses/registry'
import { chart, type Chart } from '../drawing/chart'
import { fonts, metrics, tokensOf, type Display } from '../drawing/display'
import type { Target } from '../drawing/drawing'
import { decimalText } from '../drawing/number-text'
import type { Note } from '../drawing/note'
import { penOf, type Pen } from '../drawing/pen'
import { graphicFont, graphicText } from '../echarts/graphic-text'

/** One bar: what became of a digit in a group of pairs. */
export interface OutcomeDatum {
  readonly digit: string
  readonly group: string
  readonly outcome: string
  readonly share: number
  readonly n: number
}

/** How outcomes and groups are called in pictures. */
const outcomeNames: Readonly<Record<string, string>> = {
  own: 'own',
  moved: '⇄ moved',
  donor: 'donor',
  other: '✕ other',
}
const groupNames: Readonly<Record<string, string>> = { differ: 'carry in differs', same: 'same carry in (control)' }

/** Below this many pairs a share says little. */
const fewPairs = 10

type Result = Pick<ResultOf<'transplant'>, 'share' | 'n'>

/** The pairs of one group, and what became of one digit in them: a block of bars. */
interface Block {
  readonly digit: string
  readonly group: string
  readonly n: number
  readonly bars: readonly OutcomeDatum[]
  /** Its corner, in CSS pixels. */
  readonly left: number
  readonly top: number
}

/**
 * What each digit does, as bars: a column for each digit, under it a block of pairs whose carry into the digit differs and one
 * of those where it is the same, the control. `focus` is the digit whose column is marked, 0 is C0.
 */
export function outcomeChart({ share, n }: Result, focus: number | null, display: Display): Chart<OutcomeDatum> {
  const pen = penOf(display)
  const { digit: digits = [], group: groups = [], outcome: outcomes = [] } = share.labels
  const place = placesOf(digits.length, groups.length, outcomes.length, display)
  const blocks = groups.flatMap((group, at) =>
    digits.map((digit, column): Block => {
      const cell = at * digits.length + column
      const pairs = { digit, group, n: n.data[cell]! }
      const bars = outcomes.map((outcome, row) => {
        return { ...pairs, outcome, share: share.data[cell * outcomes.length + row]! }
      })
      return { ...pairs, bars, left: place.left(column), top: place.top(at) }
    }),
  )
  const targets = blocks.flatMap(({ bars, left, top }) =>
    bars.map((datum, row): Target<OutcomeDatum> => {
      const corner = { x: left - 4 * pen.unit, y: top + row * place.row }
      return { ...corner, width: place.column - 8 * pen.unit, height: place.row, datum }
    }),
  )
  return chart(display, targets, {
    grid: blocks.map(({ left, top }) => ({ left, top, width: place.bar, height: outcomes.length * place.row })),
    xAxis: blocks.map((_, gridIndex) => ({ gridIndex, type: 'value', min: 0, max: 1, show: false })),
    yAxis: blocks.map((_, gridIndex) => ({
      gridIndex,
      type: 'category',
      inverse: true,
      data: [...outcomes],
      axisLine: { show: true, lineStyle: { color: pen.ctl } },
      axisTick: { show: false },
      axisLabel: { show: false },
    })),
    series: blocks.map((block, index) =>
      barSeries(block, index, Math.min(15 * pen.unit, place.row - 4 * pen.unit), pen),
    ),
    graphic: [
      ...(focus === null || focus >= digits.length ? [] : [focusGround(focus, place, pen)]),
      ...digits.map((digit, column) => {
        const font = graphicFont(display, 650, pen.label + pen.unit)
        const fill = column === focus ? pen.acc : pen.ink
        return graphicText(place.left(column), 8 * pen.unit, digit, { fill, font }, display)
      }),
      ...groups.flatMap((group) => {
        const ofGroup = blocks.filter((block) => block.group === group)
        return groupTexts(group, ofGroup, outcomes, place, display)
      }),
      ...blocks.filter((block) => block.n === 0).map((block) => emptyText(block, digits.at(-1)!, place, display)),
    ],
  })
}

function barSeries({ group, digit, bars }: Block, grid: number, barWidth: number, pen: Pen): BarSeriesOption {
  const { solid, acc, ctl, badfill, ink, unit, label: fontSize } = pen
  const colors: Readonly<Record<string, string>> = { own: solid, moved: acc, donor: ctl, other: badfill }
  return {
    type: 'bar',
    id: `${group} ${digit}`,
    xAxisIndex: grid,
    yAxisIndex: grid,
    silent: true,
    barWidth,
    data: bars.map(({ outcome, share, n }) => ({
      value: Number.isNaN(share) ? 0 : share,
      itemStyle: { color: colors[outcome]! },
      label: {
        show: n > 0,
        position: 'right',
        distance: 5 * unit,
        formatter: barText(group, outcome, share),
        color: outcomeInk(outcome, pen) ?? ink,
        fontSize,
        fontFamily: fonts.sans,
        fontWeight: share >= 0.5 ? 600 : 400,
        fontStyle: n < fewPairs ? 'italic' : 'normal',
      },
    })),
  }
}

/** The colour of an outcome's words, where it has one of its own. */
function outcomeInk(outcome: string, { acc, bad }: Pick<Pen, 'acc' | 'bad'>): string | undefined {
  return outcome === 'moved' ? acc : outcome === 'other' ? bad : undefined
}

type Places = ReturnType<typeof placesOf>

function focusGround(focus: number, place: Places, { unit, accbg }: Pen): GraphicComponentOption {
  const shape = { x: place.left(focus) - 6 * unit, y: 0, width: place.column - 8 * unit, height: place.bottom }
  return { type: 'rect', silent: true, z: -1, shape, style: { fill: accbg } }
}

/** The name of a group, the number of its pairs above each digit's block, and the outcomes down its side. */
function groupTexts(
  group: string,
  blocks: readonly Block[],
  outcomes: readonly string[],
  place: Places,
  display: Display,
): GraphicComponentOption[] {
  const { unit } = metrics(display)
  const { ink, ink2, ...colors } = tokensOf(display)
  const plain = graphicFont(display)
  const top = blocks[0]?.top ?? 0
  const above = top - 10 * unit
  return [
    graphicText(0, above, groupNames[group] ?? group, { fill: ink, font: graphicFont(display, 600) }, display),
    ...blocks.map(({ left, n }) => {
      const font = n < fewPairs ? `italic ${plain}` : plain
      return graphicText(left + place.column - 16 * unit, above, `n ${n}`, { align: 'right', font }, display)
    }),
    ...outcomes.map((outcome, row) => {
      const font = graphicFont(display, outcome === 'moved' ? 600 : 400)
      const look = { align: 'right', fill: outcomeInk(outcome, colors) ?? ink2, font } as const
      const name = outcomeNames[outcome] ?? outcome
      return graphicText(place.gutter - 8 * unit, top + (row + 0.5) * place.row, name, look, display)
    }),
  ]
}

/** Into the last digit nothing carries. */
function emptyText({ digit, group, bars, left, top }: Block, last: string, place: Places, display: Display) {
  const { unit } = metrics(display)
  const words = group === 'differ' && digit === last ? `no carry into ${digit}` : 'no pairs'
  const look = { font: `italic ${graphicFont(display)}`, fill: tokensOf(display).ink3 }
  return graphicText(left + 6 * unit, top + (bars.length * place.row) / 2, words, look, display)
}

export function outcomeNote(datum: unknown): Note {
  const { digit, group, outcome, share, n } = datum as OutcomeDatum
  return {
    subject: `${digit}: ${outcomeNames[outcome] ?? outcome}, ${groupNames[group] ?? group}`,
    lines: [
      { label: 'share', value: Number.isNaN(share) ? 'none' : `${decimalText(100 * share, 1)} %` },
      { label: 'pairs', value: `${Math.round((Number.isNaN(share) ? 0 : share) * n)} of ${n}` },
    ],
  }
}

/** Where the same carry is taken, what moved is what was. */
function barText(group: string, outcome: string, share: number): string {
  if (group === 'same' && outcome === 'moved') return 'as own'
  return share === 0 ? '0' : decimalText(100 * share, 1)
}

function placesOf(digits: number, groups: number, outcomes: number, display: Display) {
  const { unit } = metrics(display)
  const gutter = 76 * unit
  const column = (display.width - gutter) / digits
  const row = Math.min(Math.max((display.height - 80 * unit) / (groups * outcomes), 13 * unit), 27 * unit)
  const block = outcomes * row + 24 * unit
  return {
    gutter,
    column,
    row,
    /** The longest bar leaves room for its number. */
    bar: Math.max(column - 50 * unit, 12 * unit),
    left: (digit: number) => gutter + digit * column + 8 * unit,
    bottom: Math.min(38 * unit + groups * block - 18 * unit, display.height),
    top: (group: number) => 38 * unit + group * block,
  }
}
