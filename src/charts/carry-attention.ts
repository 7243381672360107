import type { EChartsOption, SeriesOption } from 'echarts'
import { equalsPosition, plusPosition, answerPosition, positionLabels } from '../core/positions'
import type { Tensor } from '../core/tensor'
import { fonts, metrics, tokensOf, type Display } from './display'
import { errorMark } from './error-mark'
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

export function carryAttentionOption(input: CarryAttentionInput, display: Display): EChartsOption {
  const { unit, label: fontSize } = metrics(display)
  const { ink, ink2, ink3, ctl, line } = tokensOf(display)
  const heads = input.mean.labels.head ?? []
  const numDigits = input.mean.shape[1]!
  const keys = answerPosition(input.focus, numDigits) + 1
  const share = display.width / heads.length
  const box = { left: 30 * unit, top: 16 * unit, width: share - 36 * unit, height: display.height - 46 * unit }
  const left = (head: number) => head * share + box.left
  const text = { fontFamily: fonts.sans, fontSize }
  const title = (head: string, index: number) => ({
    type: 'text' as const,
    x: left(index) - 4 * unit,
    y: box.top - 13 * unit,
    style: { text: head, fill: ink, font: `650 ${fontSize + unit}px ${fonts.mono}` },
  })
  const points = carryAttentionPoints(input)
  return {
    animation: false,
    grid: heads.map((_, index) => ({ ...box, left: left(index), containLabel: false })),
    xAxis: heads.map((_, gridIndex) => ({
      gridIndex,
      type: 'category',
      data: keyIndices(numDigits).slice(0, keys),
      axisLine: { show: false },
      axisTick: { show: false },
      axisLabel: { interval: 0, margin: 6 * unit, color: ink2, fontFamily: fonts.mono, fontSize },
    })),
    yAxis: heads.map((_, gridIndex) => ({
      gridIndex,
      type: 'value',
      min: 0,
      max: 1,
      interval: 0.5,
      axisLine: { show: true, lineStyle: { color: ctl, width: unit } },
      axisTick: { show: true, length: 4 * unit, lineStyle: { color: ctl, width: unit } },
      axisLabel: { ...text, color: ink3, margin: 8 * unit },
      splitLine: { lineStyle: { color: line, width: unit } },
    })),
    graphic: [
      ...heads.map(title),
      ...heads.flatMap((_, index) => brackets(left(index), box, keys, numDigits, display)),
    ],
    series: heads.flatMap((head, gridIndex) =>
      carryGroups.map((group): SeriesOption => ({
        type: 'custom',
        xAxisIndex: gridIndex,
        yAxisIndex: gridIndex,
        clip: false,
        renderItem: errorMark(group, display),
        data: points
          .filter((point) => point.head === head && point.group === group)
          .map((datum, key) => ({ value: [key, datum.mean, datum.std], datum })),
      })),
    ),
  }
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

/** `0 1 2 3 + 0 1 2 3 = 0`: fourteen whole names do not fit under a plot. */
function keyIndices(numDigits: number): string[] {
  return positionLabels(numDigits).map((name) => name.slice(-1))
}

/** A rule and a letter below the indices of A, of B and of C. */
function brackets(
  left: number,
  box: { readonly top: number; readonly width: number; readonly height: number },
  keys: number,
  numDigits: number,
  display: Display,
) {
  const { unit, label: fontSize } = metrics(display)
  const { ctl, ink2 } = tokensOf(display)
  const step = box.width / keys
  const y = box.top + box.height + 17 * unit
  const groups = [
    { letter: 'A', start: 0, end: plusPosition(numDigits) },
    { letter: 'B', start: plusPosition(numDigits) + 1, end: equalsPosition(numDigits) },
    { letter: 'C', start: equalsPosition(numDigits) + 1, end: keys },
  ].filter(({ start, end }) => end > start)
  return groups.flatMap(({ letter, start, end }) => {
    const [x1, x2] = [left + (start + 0.1) * step, left + (end - 0.1) * step]
    const label = { text: letter, fill: ink2, font: `${fontSize}px ${fonts.mono}`, align: 'center' as const }
    return [
      { type: 'line' as const, shape: { x1, x2, y1: y, y2: y }, style: { stroke: ctl, lineWidth: unit } },
      { type: 'text' as const, x: (x1 + x2) / 2, y: y + 2 * unit, style: label },
    ]
  })
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
