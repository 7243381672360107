import { counted } from '../../core/counted'
import { answerPosition, lastPredictingPosition, positionLabels } from '../../core/positions'
import type { TaskLayout } from '../../core/task-layout'
import {
  attentionColumns,
  attentionPoints,
  attentionRow,
  carryAttentionNote,
  groupSize,
  predictingName,
  type CarryAttentionDatum,
  type CarryAttentionInput,
} from './carry-attention'
import { asideOf, groupNames } from './carry-group'
import { drawing, type Drawing, type Mark, type Target } from '../drawing/drawing'
import type { Display } from '../drawing/display'
import type { Note } from '../drawing/note'
import { penOf } from '../drawing/pen'
import { smallMultiples } from '../drawing/small-multiples'
import type { Table } from '../drawing/table'

/**
 * Where the last layer's heads look from every position that predicts, over many sums: mean and standard deviation (ddof 1,
 * cut to 0..1) of the attention to each key, for sums with a carry into that column (▲), without (○) and all (–). Rows are
 * answer digits, columns heads.
 */
export type CarryGridInput = Omit<CarryAttentionInput, 'focus'>

const gridGroups = ['noCarry', 'carry', 'all'] as const

/** One point: where a head looks from one digit's position, on average over a group. */
export interface GridDatum extends CarryAttentionDatum {
  /** `C1`, and its index. */
  readonly digit: string
  readonly focus: number
  /** The position that predicts it, in full. */
  readonly from: string
}

export function carryGridDrawing(input: CarryGridInput, display: Display): Drawing<GridDatum> {
  const heads = input.mean.labels.head ?? []
  const digits = input.mean.labels.digit ?? []
  const multiples = digits.flatMap((_, focus) =>
    heads.map((head, column) => ({
      name: `${head} from ${predictingName({ ...input, focus })}`,
      remark: column === 0 ? sizes({ ...input, focus }) : '',
      draw: (part: Display) => {
        const points = gridPoints(input, focus).filter((point) => point.head === head)
        return plot(points, input.layout, focus, part)
      },
    })),
  )
  return smallMultiples(multiples, Math.max(heads.length, 1), display)
}

function sizes(input: CarryAttentionInput): string {
  return `▲ ${groupSize(input, 'carry')}, ○ ${counted(groupSize(input, 'noCarry'), 'sum')}`
}

/** Every point of one digit, head by head and group by group; NaN for a group without sums. */
export function gridPoints(input: CarryGridInput, focus: number): GridDatum[] {
  const digit = input.mean.labels.digit?.[focus] ?? `C${focus}`
  const from = predictingName({ ...input, focus })
  return attentionPoints({ ...input, focus }, gridGroups).map((point) => ({ ...point, digit, focus, from }))
}

function plot(points: readonly GridDatum[], layout: TaskLayout, focus: number, display: Display): Drawing<GridDatum> {
  const { unit, ctl, line, ink3, text, rule } = penOf(display)
  const names = positionLabels(layout)
  // Every row is as wide as the longest, so that a key stands under itself.
  const places = lastPredictingPosition(layout) + 1
  const keys = answerPosition(focus, layout) + 1
  const [left, bottom] = [24 * unit, display.height - 16 * unit]
  const share = (display.width - left - 4 * unit) / places
  const xOf = (key: number) => left + (key + 0.5) * share
  const yOf = (value: number) => 4 * unit + (1 - Math.min(Math.max(value, 0), 1)) * (bottom - 4 * unit)
  const end = left + keys * share
  const axis = [0, 0.5, 1].flatMap((tick): Mark[] => [
    rule([left, yOf(tick)], [end, yOf(tick)], tick === 0 ? ctl : line),
    text(left - 5 * unit, yOf(tick), String(tick), { fill: ink3, anchor: 'end' }),
  ])
  const step = share < 12 * unit ? 2 : 1
  const keyNames = names.slice(0, keys).map((name, key) => {
    const words = key % step === 0 ? (share < 16 * unit ? name.slice(-1) : name) : ''
    return text(xOf(key), bottom + 9 * unit, words, { font: 'mono', anchor: 'middle' })
  })
  const shown = points.filter(({ mean }) => !Number.isNaN(mean))
  const placed = shown.map((datum) => {
    return { datum, x: xOf(names.indexOf(datum.key)) + asideOf(datum.group, display), y: yOf(datum.mean) }
  })
  const symbols = placed.flatMap(({ datum, x, y }) => symbol(datum, x, y, yOf, display))
  const reach = 4 * unit
  const targets = placed.map(({ datum, x, y }): Target<GridDatum> => {
    return { x: x - reach, y: y - reach, width: 2 * reach, height: 2 * reach, datum }
  })
  return drawing(display, [...axis, ...keyNames, ...symbols], targets)
}

function symbol(
  { group, mean, std }: GridDatum,
  x: number,
  y: number,
  yOf: (value: number) => number,
  display: Display,
): Mark[] {
  const { unit, ink, ink2, ink3, panel, rule } = penOf(display)
  if (group === 'all') return [rule([x - 5 * unit, y], [x + 5 * unit, y], ink3)]
  const stroke = group === 'carry' ? ink : ink2
  const spread = Number.isNaN(std) ? 0 : std
  const reach = 3 * unit
  return [
    rule([x, yOf(mean - spread)], [x, yOf(mean + spread)], stroke),
    group === 'carry'
      ? { kind: 'lines', paths: [[x, y - reach, x + reach, y + reach, x - reach, y + reach]], closed: true, fill: ink }
      : { kind: 'circle', x, y, radius: reach - 0.5 * unit, fill: panel, stroke, strokeWidth: unit },
  ]
}

export function gridNote(datum: GridDatum): Note {
  const { head, from, group, to } = datum
  return { ...carryAttentionNote(datum), subject: `${head}: ${from} → ${to}: ${groupNames[group]}` }
}

export function gridTable(input: CarryGridInput): Table {
  const points = (input.mean.labels.digit ?? []).flatMap((_, focus) => gridPoints(input, focus))
  return {
    caption: 'Attention of the last layer by carry into the column: mean and standard deviation',
    columns: ['digit', ...attentionColumns],
    rows: points.map((point) => [point.digit, ...attentionRow(point)]),
  }
}
