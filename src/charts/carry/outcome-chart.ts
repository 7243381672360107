import type { BarSeriesOption, GridComponentOption } from 'echarts'
import type { ResultOf } from '../../analyses/registry'
import type { Chart } from '../drawing/chart'
import { fonts, metrics, tokensOf, type Display } from '../drawing/display'
import { decimalText } from '../drawing/number-text'
import type { Note } from '../drawing/note'

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

/**
 * What each digit does, as bars: a column for each digit, under it a block of pairs whose carry into the digit differs and one
 * of those where it is the same, the control. `focus` is the digit whose column is marked, 0 is C0.
 */
export function outcomeChart({ share, n }: Result, focus: number | null, display: Display): Chart<OutcomeDatum> {
  const { unit, label: size } = metrics(display)
  const tokens = tokensOf(display)
  const { digit: digits = [], group: groups = [], outcome: outcomes = [] } = share.labels
  const place = placesOf(digits.length, groups.length, outcomes.length, display)
  const colors: Readonly<Record<string, string>> = {
    own: tokens.solid,
    moved: tokens.acc,
    donor: tokens.ctl,
    other: tokens.badfill,
  }
  const inks: Readonly<Record<string, string>> = { moved: tokens.acc, other: tokens.bad }
  const text = (x: number, y: number, words: string, style: Record<string, unknown>) =>
    ({
      type: 'text',
      silent: true,
      x,
      y,
      style: { text: words, fill: tokens.ink2, font: font(size), verticalAlign: 'middle', ...style },
    }) as const
  const data = groups.flatMap((group, at) =>
    digits.flatMap((digit, column) =>
      outcomes.map((outcome, row): OutcomeDatum => {
        const cell = at * digits.length + column
        return { digit, group, outcome, share: share.data[cell * outcomes.length + row]!, n: n.data[cell]! }
      }),
    ),
  )
  const blocks = groups.flatMap((group, at) => digits.map((digit, column) => ({ group, at, digit, column })))
  const grid = blocks.map(({ at, column }): GridComponentOption => ({
    left: place.left(column),
    top: place.top(at),
    width: place.bar,
    height: outcomes.length * place.row,
  }))
  const series = blocks.map(({ group, digit }, index): BarSeriesOption => ({
    type: 'bar',
    id: `${group} ${digit}`,
    xAxisIndex: index,
    yAxisIndex: index,
    silent: true,
    barWidth: Math.min(15 * unit, place.row - 4 * unit),
    data: data
      .filter((each) => each.group === group && each.digit === digit)
      .map(({ outcome, share, n }) => ({
        value: Number.isNaN(share) ? 0 : share,
        itemStyle: { color: colors[outcome]! },
        label: {
          show: n > 0,
          position: 'right',
          distance: 5 * unit,
          formatter: barText(group, outcome, share),
          color: inks[outcome] ?? tokens.ink,
          fontSize: size,
          fontFamily: fonts.sans,
          fontWeight: share >= 0.5 ? 600 : 400,
          fontStyle: n < fewPairs ? 'italic' : 'normal',
        },
      })),
  }))
  const names = [
    ...digits.map((digit, column) =>
      text(place.left(column), 8 * unit, digit, {
        fill: column === focus ? tokens.acc : tokens.ink,
        font: font(size + unit, 650),
      }),
    ),
    ...groups.flatMap((group, at) => [
      text(0, place.top(at) - 10 * unit, groupNames[group] ?? group, { fill: tokens.ink, font: font(size, 600) }),
      ...digits.map((_, column) => {
        const count = n.data[at * digits.length + column]!
        const right = place.left(column) + place.column - 16 * unit
        return text(right, place.top(at) - 10 * unit, `n ${count}`, {
          align: 'right',
          font: count < fewPairs ? `italic ${font(size)}` : font(size),
        })
      }),
      ...outcomes.map((outcome, row) => {
        const y = place.top(at) + (row + 0.5) * place.row
        return text(place.gutter - 8 * unit, y, outcomeNames[outcome] ?? outcome, {
          align: 'right',
          fill: inks[outcome] ?? tokens.ink2,
          font: font(size, outcome === 'moved' ? 600 : 400),
        })
      }),
    ]),
    ...blocks
      .filter(({ at, column }) => n.data[at * digits.length + column] === 0)
      .map(({ at, column, digit, group }) => {
        const words = group === 'differ' && column === digits.length - 1 ? `no carry into ${digit}` : 'no pairs'
        return text(place.left(column) + 6 * unit, place.top(at) + (outcomes.length * place.row) / 2, words, {
          font: `italic ${font(size)}`,
          fill: tokens.ink3,
        })
      }),
  ]
  const mark =
    focus === null || focus >= digits.length
      ? []
      : [
          {
            type: 'rect',
            silent: true,
            z: -1,
            shape: { x: place.left(focus) - 6 * unit, y: 0, width: place.column - 8 * unit, height: place.bottom },
            style: { fill: tokens.accbg },
          } as const,
        ]
  return {
    width: display.width,
    height: display.height,
    targets: data.map((datum) => ({
      x: place.left(digits.indexOf(datum.digit)) - 4 * unit,
      y: place.top(groups.indexOf(datum.group)) + outcomes.indexOf(datum.outcome) * place.row,
      width: place.column - 8 * unit,
      height: place.row,
      datum,
    })),
    option: {
      animation: false,
      grid,
      xAxis: blocks.map((_, gridIndex) => ({ gridIndex, type: 'value', min: 0, max: 1, show: false })),
      yAxis: blocks.map((_, gridIndex) => ({
        gridIndex,
        type: 'category',
        inverse: true,
        data: [...outcomes],
        axisLine: { show: true, lineStyle: { color: tokens.ctl } },
        axisTick: { show: false },
        axisLabel: { show: false },
      })),
      series,
      graphic: [...mark, ...names],
    },
  }
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

function font(size: number, weight = 400): string {
  return `${weight} ${size}px ${fonts.sans}`
}
