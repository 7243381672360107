import { answerPosition, positionLabels } from '../core/positions'
import type { Tensor } from '../core/tensor'
import { drawing, type Drawing } from './drawing'
import { metrics, type Display } from './display'
import { errorMarks, plotAxes, pointAt, type Plot } from './key-plot'
import { decimalText } from './number-text'
import type { Note } from './note'
import type { Table } from './table'

/**
 * Where the last layer's heads look from the position that predicts the focus digit, over a data set: mean and standard
 * deviation (ddof 1) of the attention to each key, for sums with a carry into that column (▲) and without (○). One plot for
 * each head; keys are written as their index, with their letter below.
 */
export interface CarryAttentionInput {
  /** Groups carry, noCarry, all. */
  readonly mean: Tensor<readonly ['group', 'digit', 'head', 'key']>
  readonly std: Tensor<readonly ['group', 'digit', 'head', 'key']>
  readonly n: Tensor<readonly ['group', 'digit']>
  readonly focus: number
}

/** One point: where a head looks, on average over a group of sums. */
export interface CarryAttentionDatum {
  /** `H1.0`. */
  readonly head: string
  readonly group: CarryGroup
  /** `B3`. */
  readonly key: string
  readonly mean: number
  /** NaN for a group of one sum. */
  readonly std: number
}

export const carryGroups = ['noCarry', 'carry'] as const
export type CarryGroup = (typeof carryGroups)[number]
export const groupNames: Readonly<Record<CarryGroup, string>> = { carry: 'carry in', noCarry: 'none' }

export function carryAttentionDrawing(input: CarryAttentionInput, display: Display): Drawing<CarryAttentionDatum> {
  const numDigits = input.mean.shape[1]!
  const plots = plotsOf(input, display)
  const points = carryAttentionPoints(input).flatMap((datum) => {
    const plot = plots.find(({ head }) => head === datum.head)!
    return Number.isNaN(datum.mean) ? [] : [{ datum, plot, at: pointAt(datum, plot, numDigits, display) }]
  })
  const reach = 5 * metrics(display).unit
  const targets = points.map(({ datum, at }) => ({
    x: at.x - reach,
    y: at.y - reach,
    width: 2 * reach,
    height: 2 * reach,
    datum,
  }))
  const marks = [
    ...plots.flatMap((plot) => plotAxes(plot, numDigits, display)),
    ...points.flatMap(({ datum, plot, at }) => errorMarks(datum, at, plot, display)),
  ]
  return drawing(display, marks, targets)
}

function plotsOf({ mean, focus }: CarryAttentionInput, display: Display): Plot[] {
  const { unit } = metrics(display)
  const heads = mean.labels.head ?? []
  const share = display.width / heads.length
  const box = { y: 16 * unit, width: share - 36 * unit, height: display.height - 46 * unit }
  const keys = answerPosition(focus, mean.shape[1]!) + 1
  return heads.map((head, index) => ({ head, keys, x: index * share + 30 * unit, ...box }))
}

/** Every point in reading order; none for a group without sums. */
export function carryAttentionPoints({ mean, std, focus }: CarryAttentionInput): CarryAttentionDatum[] {
  const [, digits, heads, keys] = mean.shape as [number, number, number, number]
  const names = positionLabels(digits)
  const groups = mean.labels.group ?? []
  return (mean.labels.head ?? []).flatMap((head, index) =>
    carryGroups.flatMap((group) =>
      names.slice(0, answerPosition(focus, digits) + 1).map((key, position) => {
        const at = ((groups.indexOf(group) * digits + focus) * heads + index) * keys + position
        return { head, group, key, mean: mean.data[at]!, std: std.data[at]! }
      }),
    ),
  )
}

/** How many sums a group has at the focus digit. */
export function groupSize({ n, focus }: CarryAttentionInput, group: CarryGroup): number {
  return n.data[(n.labels.group ?? []).indexOf(group) * n.shape[1]! + focus]!
}

export function carryAttentionNote({ head, group, key, mean, std }: CarryAttentionDatum): Note {
  const [layer] = head.slice(1).split('.')
  return {
    subject: `${head} → ${key}, ${groupNames[group]}`,
    lines: [
      { label: 'mean attention', value: decimalText(mean, 3) },
      { label: 'standard deviation', value: decimalText(std, 3) },
    ],
    hook: `blocks.${layer}.attn.hook_pattern`,
  }
}

export function carryAttentionTable(input: CarryAttentionInput): Table {
  return {
    caption: `Attention from C${input.focus} by carry into that column: mean and standard deviation`,
    columns: ['head', 'group', 'key', 'mean', 'standard deviation'],
    rows: carryAttentionPoints(input).map(({ head, group, key, mean, std }) => [
      head,
      groupNames[group],
      key,
      mean,
      std,
    ]),
  }
}
