import { positionNamed } from '../../core/positions'
import type { TaskLayout } from '../../core/task-layout'
import type { Tensor } from '../../core/tensor'
import { headLabels } from '../../core/heads'
import type { Chart } from '../drawing/chart'
import type { Display } from '../drawing/display'
import { matrixChart } from '../echarts/matrix-chart'
import { signedText } from '../drawing/number-text'
import type { Note } from '../drawing/note'
import { leastLossLimit } from './loss-scale'
import { symmetricLimit } from '../drawing/palette'
import type { Table } from '../drawing/table'

/**
 * Where each head does its work: the loss of one answer digit with a head replaced at a single position less the loss
 * without that, in nats. Rows are heads, columns positions; all answer digits have one scale. Blue: it helped.
 */
export interface PositionAblationInput {
  readonly lossDiff: Tensor<readonly ['layer', 'head', 'position', 'digit']>
  /** The one that is drawn: `C1`. */
  readonly digit: string
  readonly layout: TaskLayout
}

/** One head at one position. */
export interface PositionDatum {
  readonly layer: number
  readonly head: number
  /** The position's index. */
  readonly position: number
  readonly name: string
  /** The position in full: `C0 · p10, predicts C1`. */
  readonly at: string
  /** `C1`, and its index. */
  readonly digit: string
  readonly focus: number
  /** Nats. */
  readonly value: number
}

export function positionAblationChart(input: PositionAblationInput, display: Display): Chart<PositionDatum> {
  const { lossDiff, digit } = input
  const [layers, heads] = lossDiff.shape as [number, number, number, number]
  const data = positionData(input)
  // One scale for all digits, so that they can be told apart.
  const limit = symmetricLimit(lossDiff.data, 2, leastLossLimit)
  const cells = data.filter((datum) => datum.digit === digit).map((datum) => ({ value: datum.value, datum }))
  const columns = lossDiff.labels.position ?? []
  return matrixChart({ rows: headLabels(layers, heads), columns, cells, limit }, display)
}

/** Every value, digit by digit, then head by head. */
export function positionData({ lossDiff, layout }: Omit<PositionAblationInput, 'digit'>): PositionDatum[] {
  const [layers, heads, positions, digits] = lossDiff.shape as [number, number, number, number]
  const names = lossDiff.labels.position ?? []
  const full = names.map((name) => positionNamed(name, layout))
  return (lossDiff.labels.digit ?? []).flatMap((name, digit) =>
    Array.from({ length: layers * heads * positions }, (_, index) => {
      const [row, position] = [Math.floor(index / positions), index % positions]
      const [layer, head] = [Math.floor(row / heads), row % heads]
      const value = lossDiff.data[index * digits + digit]!
      return { layer, head, position, name: names[position]!, at: full[position]!, digit: name, focus: digit, value }
    }),
  )
}

export function positionNote({ layer, head, at, digit, value }: PositionDatum, side: 'write' | 'read'): Note {
  return {
    subject: `Loss of ${digit} without H${layer}.${head} at ${at}`,
    lines: [
      {
        label: side === 'write' ? 'loss added without what it writes' : 'loss added without what it reads',
        value: `${signedText(value, 3)} nats`,
      },
    ],
    hook:
      side === 'write'
        ? `blocks.${layer}.attn.hook_result[${head}]`
        : `blocks.${layer}.attn.hook_q, hook_k, hook_v[${head}]`,
  }
}

export function positionTable(input: PositionAblationInput, caption: string): Table {
  const [layers, heads, positions] = input.lossDiff.shape as [number, number, number, number]
  const data = positionData(input).filter(({ digit }) => digit === input.digit)
  const rows = headLabels(layers, heads).map((name, row) => {
    return [name, ...data.slice(row * positions, (row + 1) * positions).map(({ value }) => value)]
  })
  const names = (input.lossDiff.labels.position ?? []).map((name) => positionNamed(name, input.layout))
  return { caption: `${caption}, in nats`, columns: ['head', ...names], rows }
}
