import type { TaskLayout } from '../../core/task-layout'
import type { Tensor } from '../../core/tensor'
import { headLabels } from '../../core/heads'
import { positionLabels, positionName } from '../../core/positions'
import { attentionDrawing, type AttentionDatum } from './attention'
import type { Drawing } from '../drawing/drawing'
import type { Display } from '../drawing/display'
import { decimalText } from '../drawing/number-text'
import type { Note } from '../drawing/note'
import { smallMultiples } from '../drawing/small-multiples'
import type { Table } from '../drawing/table'

/**
 * Where each head looks, over many sums: the mean of its attention, or the standard deviation (ddof 1), from 0 to 1. Rows
 * are destinations (queries), columns sources (keys); the masked triangle is hatched.
 */
export interface MeanAttentionInput {
  /** Masked entries are NaN. */
  readonly mean: Tensor<readonly ['layer', 'head', 'query', 'key']>
  readonly std: Tensor<readonly ['layer', 'head', 'query', 'key']>
  readonly show: MeanAttentionStatistic
  readonly layout: TaskLayout
  /** Heads side by side. */
  readonly columns: number
}

export const meanAttentionStatistics = ['mean', 'std'] as const
export type MeanAttentionStatistic = (typeof meanAttentionStatistics)[number]

export function meanAttentionDrawing(input: MeanAttentionInput, display: Display): Drawing<AttentionDatum> {
  const pattern = input[input.show]
  const [layers, heads] = pattern.shape as [number, number, number, number]
  const multiples = headLabels(layers, heads).map((name, index) => ({
    name,
    draw: (part: Display) => {
      const [layer, head] = [Math.floor(index / heads), index % heads]
      return attentionDrawing({ pattern, layer, head, layout: input.layout }, part)
    },
  }))
  return smallMultiples(multiples, input.columns, display)
}

export function meanAttentionNote(
  { layer, head, from, to, attention }: AttentionDatum,
  show: MeanAttentionStatistic,
): Note {
  return {
    subject: `H${layer}.${head}: ${from} → ${to}`,
    lines: [{ label: show === 'mean' ? 'mean attention' : 'standard deviation', value: decimalText(attention, 3) }],
    hook: `blocks.${layer}.attn.hook_pattern[${head}]`,
  }
}

/** A row for each head and destination, of the statistic that is shown. */
export function meanAttentionTable(input: MeanAttentionInput): Table {
  const { shape, data } = input[input.show]
  const [layers, heads, length] = shape as [number, number, number, number]
  const { layout } = input
  const names = positionLabels(layout).map((_, position) => positionName(position, layout))
  const rows = headLabels(layers, heads).flatMap((head, index) =>
    names.map((query, row) => {
      const start = (index * length + row) * length
      return [head, query, ...data.slice(start, start + length)]
    }),
  )
  const statistic = input.show === 'mean' ? 'mean' : 'standard deviation'
  return {
    caption: `Attention over many sums, ${statistic}: rows destinations, columns sources`,
    columns: ['head', 'query', ...names],
    units: ['', '', ...names.map(() => '')],
    rows,
  }
}
