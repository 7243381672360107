import { answerPosition, positionLabels, positionName } from '../../core/positions'
import type { TaskLayout } from '../../core/task-layout'
import type { Tensor } from '../../core/tensor'
import { asideOf, carryGroups, groupNames, type CarryGroup } from './carry-group'
import { chart, type Chart } from '../drawing/chart'
import { metrics, type Display } from '../drawing/display'
import { markSeries } from '../echarts/marks'
import { errorMarks } from '../kinds/error-mark'
import { keyPlots, placeIn, type Plot } from '../kinds/key-plot'
import { decimalText } from '../drawing/number-text'
import type { Note } from '../drawing/note'
import type { Table } from '../drawing/table'

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
  readonly layout: TaskLayout
}

/** One point: where a head looks, on average over a group of sums. */
export interface CarryAttentionDatum {
  /** `H1.0`. */
  readonly head: string
  readonly group: CarryGroup | 'all'
  /** `B3`. */
  readonly key: string
  /** The key's position in full: `C0 · p10, predicts C1`. */
  readonly to: string
  readonly mean: number
  /** NaN for a group of one sum. */
  readonly std: number
}

export function carryAttentionChart(input: CarryAttentionInput, display: Display): Chart<CarryAttentionDatum> {
  const { layout } = input
  const plots = plotsOf(input, display)
  const keys = positionLabels(layout)
  const points = carryAttentionPoints(input).filter(({ mean }) => !Number.isNaN(mean))
  const plotOf = (head: string) => plots.find((plot) => plot.head === head)!
  const marks = points.flatMap(({ head, group, key, mean, std }) => {
    if (group === 'all') return []
    const spread = Number.isNaN(std) ? 0 : std
    return errorMarks(plotOf(head), { group, key: keys.indexOf(key), mean, spread }, display)
  })
  const reach = 5 * metrics(display).unit
  const targets = points.map((datum) => {
    const { x, y } = placeIn(plotOf(datum.head), keys.indexOf(datum.key), datum.mean)
    const left = x + asideOf(datum.group, display) - reach
    return { x: left, y: y - reach, width: 2 * reach, height: 2 * reach, datum }
  })
  const series = [markSeries('means', marks, null)]
  return chart(display, targets, { ...keyPlots(plots, layout, display), series })
}

function plotsOf({ mean, focus, layout }: CarryAttentionInput, display: Display): Plot[] {
  const { unit } = metrics(display)
  const heads = mean.labels.head ?? []
  const share = display.width / heads.length
  const box = { y: 16 * unit, width: share - 36 * unit, height: display.height - 46 * unit }
  const keys = answerPosition(focus, layout) + 1
  return heads.map((head, index) => ({ head, keys, x: index * share + 30 * unit, ...box }))
}

/** Every point in reading order; NaN for a group without sums. */
export function carryAttentionPoints(input: CarryAttentionInput): CarryAttentionDatum[] {
  return attentionPoints(input, carryGroups)
}

/** The points of these groups, head by head. */
export function attentionPoints(
  { mean, std, focus, layout }: CarryAttentionInput,
  shown: readonly CarryAttentionDatum['group'][],
): CarryAttentionDatum[] {
  const [, digits, heads, keys] = mean.shape as [number, number, number, number]
  const names = positionLabels(layout)
  const groups = mean.labels.group ?? []
  return (mean.labels.head ?? []).flatMap((head, index) =>
    shown.flatMap((group) =>
      names.slice(0, answerPosition(focus, layout) + 1).map((key, position) => {
        const at = ((groups.indexOf(group) * digits + focus) * heads + index) * keys + position
        return { head, group, key, to: positionName(position, layout), mean: mean.data[at]!, std: std.data[at]! }
      }),
    ),
  )
}

/** The position that predicts the focus digit, in full. */
export function predictingName({ focus, layout }: Pick<CarryAttentionInput, 'focus' | 'layout'>): string {
  return positionName(answerPosition(focus, layout), layout)
}

/** How many sums a group has at the focus digit. */
export function groupSize({ n, focus }: Pick<CarryAttentionInput, 'n' | 'focus'>, group: CarryGroup): number {
  return n.data[(n.labels.group ?? []).indexOf(group) * n.shape[1]! + focus]!
}

export function carryAttentionNote({ head, group, to, mean, std }: CarryAttentionDatum): Note {
  const [layer] = head.slice(1).split('.')
  return {
    subject: `${head} → ${to}: ${groupNames[group]}`,
    lines: [
      { label: 'mean attention', value: decimalText(mean, 3) },
      { label: 'standard deviation', value: decimalText(std, 3) },
    ],
    hook: `blocks.${layer}.attn.hook_pattern`,
  }
}

export function carryAttentionTable(input: CarryAttentionInput): Table {
  return {
    caption: `Attention from ${predictingName(input)} by carry into C${input.focus}’s column: mean and standard deviation`,
    columns: attentionColumns,
    rows: carryAttentionPoints(input).map(attentionRow),
  }
}

export const attentionColumns = ['head', 'group', 'key', 'mean', 'standard deviation']

export function attentionRow({ head, group, to, mean, std }: CarryAttentionDatum) {
  return [head, groupNames[group], to, mean, std]
}
