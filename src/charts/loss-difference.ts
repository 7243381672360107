import type { EChartsOption } from 'echarts'
import { digitLabels } from '../core/positions'
import type { Tensor } from '../core/tensor'
import { fonts, metrics, tokensOf, type Display } from './display'
import { signedText } from './number-text'
import type { Note } from './note'
import { inkOn, signedColor, signedStops, symmetricLimit } from './palette'
import type { Table } from './table'

/**
 * What each head is worth: the loss with this head alone ablated minus the clean loss, for each answer digit and, last, for
 * all of them, in nats. Rows are heads, columns answer digits; blue: the head helped, red: it stood in the way.
 */
export interface LossDifferenceInput {
  readonly lossDiff: Tensor<readonly ['layer', 'head']>
  readonly lossDiffPerDigit: Tensor<readonly ['layer', 'head', 'digit']>
  /** The answer digit whose column is named in the accent colour; null for none. */
  readonly focus: number | null
}

/** One cell. */
export interface LossDatum {
  /** `H0.2`. */
  readonly head: string
  /** `C1`, or `mean` for all answer digits together. */
  readonly column: string
  /** Nats. */
  readonly value: number
}

const meanColumn = 'mean'

export function lossDifferenceOption(input: LossDifferenceInput, display: Display): EChartsOption {
  const { unit, label: fontSize } = metrics(display)
  const { ink2, ink3, panel, acc } = tokensOf(display)
  const cells = lossCells(input)
  const [heads, columns] = [namesOf(cells, 'head'), namesOf(cells, 'column')]
  const limit = symmetricLimit(
    cells.map((cell) => cell.value),
    2,
  )
  const grid = { left: 42 * unit, top: 17 * unit, right: 66 * unit, bottom: 8 * unit, containLabel: false }
  const barX = display.width - 48 * unit
  const barHeight = display.height - grid.top - grid.bottom
  const scaleText = (value: number, share: number) => ({
    type: 'text' as const,
    x: barX + 16 * unit,
    y: grid.top + share * barHeight,
    style: {
      text: value === 0 ? '0' : signedText(value, Number.isInteger(limit) ? 0 : 2),
      font: `${fontSize}px ${fonts.sans}`,
      fill: ink3,
      verticalAlign: share === 0 ? ('top' as const) : share === 1 ? ('bottom' as const) : ('middle' as const),
    },
  })
  const axis = { type: 'category', axisLine: { show: false }, axisTick: { show: false } } as const
  return {
    animation: false,
    grid,
    xAxis: {
      ...axis,
      position: 'top',
      data: columns,
      axisLabel: {
        interval: 0,
        margin: 5 * unit,
        fontFamily: fonts.sans,
        fontSize,
        color: ink2,
        formatter: (name: string) => (name === focusName(input) ? `{focus|${name}}` : name),
        rich: { focus: { color: acc, fontWeight: 700, fontSize, fontFamily: fonts.sans } },
      },
    },
    yAxis: {
      ...axis,
      inverse: true,
      data: heads,
      axisLabel: { interval: 0, margin: 7 * unit, fontFamily: fonts.mono, fontSize: fontSize + unit, color: ink2 },
    },
    visualMap: {
      type: 'continuous',
      min: -limit,
      max: limit,
      inRange: { color: [...signedStops(display)] },
      itemWidth: 8 * unit,
      itemHeight: barHeight,
      padding: 0,
      left: barX,
      top: grid.top,
      hoverLink: false,
    },
    graphic: [scaleText(limit, 0), scaleText(0, 0.5), scaleText(-limit, 1)],
    series: [
      {
        type: 'heatmap',
        itemStyle: { borderColor: panel, borderWidth: unit },
        label: { show: true, fontFamily: fonts.sans, fontSize },
        data: cells.map((cell) => {
          const { head, column, value } = cell
          const color = inkOn(signedColor(value, limit, display) ?? panel)
          const label = { formatter: signedText(value, 1), color, fontWeight: column === meanColumn ? 650 : 400 }
          return { ...cell, value: [columns.indexOf(column), heads.indexOf(head), value], label, datum: cell }
        }),
      },
    ],
  }
}

/** The cells in reading order. */
export function lossCells({ lossDiff, lossDiffPerDigit }: LossDifferenceInput): LossDatum[] {
  const [layers, heads, digits] = lossDiffPerDigit.shape as [number, number, number]
  const columns = lossDiffPerDigit.labels.digit ?? digitLabels(digits)
  return Array.from({ length: layers * heads }, (_, index): LossDatum[] => {
    const head = `H${Math.floor(index / heads)}.${index % heads}`
    const perDigit = columns.map((column, digit) => ({
      head,
      column,
      value: lossDiffPerDigit.data[index * digits + digit]!,
    }))
    return [...perDigit, { head, column: meanColumn, value: lossDiff.data[index]! }]
  }).flat()
}

function namesOf(cells: readonly LossDatum[], axis: 'head' | 'column'): string[] {
  return [...new Set(cells.map((cell) => cell[axis]))]
}

function focusName({ focus }: LossDifferenceInput): string {
  return focus === null ? '' : `C${focus}`
}

export function lossNote({ head, column, value }: LossDatum, mode: string): Note {
  const where = column === meanColumn ? 'all answer digits' : column
  const [layer, index] = head.slice(1).split('.')
  return {
    subject: `${head}, ${where}`,
    lines: [{ label: `loss added by its ${mode}`, value: `${signedText(value, 2)} nats` }],
    hook: `blocks.${layer}.attn.hook_result[${index}]`,
  }
}

export function lossTable(input: LossDifferenceInput): Table {
  const cells = lossCells(input)
  const columns = namesOf(cells, 'column')
  const rows = namesOf(cells, 'head').map((head) => [
    head,
    ...cells.filter((cell) => cell.head === head).map((cell) => cell.value),
  ])
  return { caption: 'Loss added by ablating each head alone, in nats', columns: ['head', ...columns], rows }
}
