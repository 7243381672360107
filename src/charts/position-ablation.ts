import type { Tensor } from '../core/tensor'
import { headLabels } from '../core/heads'
import type { Drawing } from './drawing'
import type { Display } from './display'
import { heatMapDrawing } from './heat-map'
import { signedText } from './number-text'
import type { Note } from './note'
import { symmetricLimit } from './palette'
import { smallMultiples } from './small-multiples'
import type { Table } from './table'

/**
 * Where each head does its work: the loss of one answer digit with a head replaced at a single position less the loss
 * without that, in nats. One map for each answer digit on one scale; rows are heads, columns positions. Blue: it helped.
 */
export interface PositionAblationInput {
  readonly lossDiff: Tensor<readonly ['layer', 'head', 'position', 'digit']>
}

/** One head at one position. */
export interface PositionDatum {
  readonly layer: number
  readonly head: number
  /** The position's index. */
  readonly position: number
  readonly name: string
  /** `C1`. */
  readonly digit: string
  /** Nats. */
  readonly value: number
}

export function positionAblationDrawing({ lossDiff }: PositionAblationInput, display: Display): Drawing<PositionDatum> {
  const [layers, heads] = lossDiff.shape as [number, number, number, number]
  const data = positionData({ lossDiff })
  const limit = symmetricLimit(
    data.map(({ value }) => value),
    2,
  )
  const multiples = (lossDiff.labels.digit ?? []).map((digit) => ({
    name: digit,
    draw: (part: Display) => {
      const cells = data.filter((datum) => datum.digit === digit).map((datum) => ({ value: datum.value, datum }))
      const columns = lossDiff.labels.position ?? []
      return heatMapDrawing({ rows: headLabels(layers, heads), columns, cells, limit, scale: true }, part)
    },
  }))
  return smallMultiples(multiples, 1, display)
}

/** Every value, digit by digit, then head by head. */
export function positionData({ lossDiff }: PositionAblationInput): PositionDatum[] {
  const [layers, heads, positions, digits] = lossDiff.shape as [number, number, number, number]
  const names = lossDiff.labels.position ?? []
  return (lossDiff.labels.digit ?? []).flatMap((name, digit) =>
    Array.from({ length: layers * heads * positions }, (_, index) => {
      const [row, position] = [Math.floor(index / positions), index % positions]
      const [layer, head] = [Math.floor(row / heads), row % heads]
      const value = lossDiff.data[index * digits + digit]!
      return { layer, head, position, name: names[position]!, digit: name, value }
    }),
  )
}

export function positionNote({ layer, head, name, digit, value }: PositionDatum, side: 'write' | 'read'): Note {
  return {
    subject: `H${layer}.${head} at ${name}, ${digit}`,
    lines: [
      {
        label: side === 'write' ? 'loss added without what it writes' : 'loss added without what it reads',
        value: `${signedText(value, 3)} nats`,
      },
      { label: 'click', value: 'cut it there, and see one sum in Explore' },
    ],
    hook:
      side === 'write'
        ? `blocks.${layer}.attn.hook_result[${head}]`
        : `blocks.${layer}.attn.hook_q, hook_k, hook_v[${head}]`,
  }
}

export function positionTable(input: PositionAblationInput, caption: string): Table {
  const [layers, heads, positions] = input.lossDiff.shape as [number, number, number, number]
  const data = positionData(input)
  const rows = Array.from({ length: data.length / positions }, (_, row) => {
    const cells = data.slice(row * positions, (row + 1) * positions)
    const { digit } = cells[0]!
    return [digit, headLabels(layers, heads)[row % (layers * heads)]!, ...cells.map(({ value }) => value)]
  })
  return { caption: `${caption}, in nats`, columns: ['digit', 'head', ...(input.lossDiff.labels.position ?? [])], rows }
}
