import type { EChartsOption, HeatmapSeriesOption } from 'echarts'
import { headLabel } from '../../core/heads'
import { mlpLabel } from '../../core/mlps'
import { digitLabels } from '../../core/positions'
import type { Tensor } from '../../core/tensor'
import { hookOfComponent } from '../attribution/component'
import type { Chart } from '../drawing/chart'
import { colorBar, colorBarText } from '../drawing/color-bar'
import type { Rect, Target } from '../drawing/drawing'
import { fonts, metrics, tokensOf, type Display } from '../drawing/display'
import { signedText } from '../drawing/number-text'
import type { Note } from '../drawing/note'
import { inkOn, signedColor, symmetricLimit } from '../drawing/palette'
import { leastLossLimit } from './loss-scale'
import type { Table } from '../drawing/table'

/**
 * What each head is worth: the loss with this head alone ablated minus the clean loss, for each answer digit and, last, for
 * all of them, in nats. Rows are heads, and after those of a layer its MLP; columns answer digits; blue: the head helped, red: it stood in the way.
 */
export interface LossDifferenceInput {
  readonly lossDiff: Tensor<readonly ['layer', 'head']>
  readonly lossDiffPerDigit: Tensor<readonly ['layer', 'head', 'digit']>
  /** The same for the MLPs, where there are any. */
  readonly mlpLossDiff?: Tensor<readonly ['layer']> | undefined
  readonly mlpLossDiffPerDigit?: Tensor<readonly ['layer', 'digit']> | undefined
  /** The answer digit whose column is named in the accent colour; null for none. */
  readonly focus: number | null
}

/** One cell. */
export interface LossDatum {
  /** `H0.2`, or `MLP0`. */
  readonly head: string
  /** `C1`, or `mean` for all answer digits together. */
  readonly column: string
  /** Nats. */
  readonly value: number
}

const meanColumn = 'mean'

type Box = Pick<Rect, 'x' | 'y' | 'width' | 'height'>

export function lossDifferenceChart(input: LossDifferenceInput, display: Display): Chart<LossDatum> {
  const { unit } = metrics(display)
  const { width, height } = display
  const cells = lossCells(input)
  const [heads, columns] = [namesOf(cells, 'head'), namesOf(cells, 'column')]
  const limit = symmetricLimit(
    cells.map((cell) => cell.value),
    2,
    leastLossLimit,
  )
  const map = { x: 42 * unit, y: 17 * unit, width: width - 108 * unit, height: height - 25 * unit }
  const bar = { x: width - 48 * unit, y: map.y, width: 8 * unit, height: map.height }
  const option: EChartsOption = {
    animation: false,
    grid: { left: map.x, top: map.y, width: map.width, height: map.height, outerBoundsMode: 'none' },
    ...nameAxes(heads, columns, focusName(input), display),
    visualMap: colorBar(bar, limit, display),
    graphic: colorBarText(bar, limit, display),
    series: { type: 'heatmap', silent: true, emphasis: { disabled: true }, ...cellData(cells, limit, display) },
  }
  return { width, height, option, targets: targetsOf(cells, map) }
}

function nameAxes(heads: readonly string[], columns: readonly string[], focus: string, display: Display) {
  const { unit, label: fontSize } = metrics(display)
  const { ink2, acc } = tokensOf(display)
  const bare = { type: 'category' as const, axisLine: { show: false }, axisTick: { show: false } }
  const label = { interval: 0, color: ink2, fontFamily: fonts.sans, fontSize }
  return {
    xAxis: {
      ...bare,
      position: 'top' as const,
      data: columns.map((value) =>
        value === focus ? { value, textStyle: { color: acc, fontWeight: 700 as const } } : value,
      ),
      axisLabel: { ...label, margin: 4 * unit },
    },
    yAxis: {
      ...bare,
      inverse: true,
      data: [...heads],
      axisLabel: { ...label, margin: 7 * unit, fontFamily: fonts.mono, fontSize: fontSize + unit },
    },
  }
}

/** A head without a value keeps its cell, grey: a heat map leaves NaN out, so such a cell stands at 0 and off the scale. */
function cellData(cells: readonly LossDatum[], limit: number, display: Display): Partial<HeatmapSeriesOption> {
  const { unit, label: fontSize } = metrics(display)
  const { panel, hatch, ink3 } = tokensOf(display)
  const [heads, columns] = [namesOf(cells, 'head'), namesOf(cells, 'column')]
  return {
    itemStyle: { borderColor: panel, borderWidth: unit },
    label: { show: true, fontFamily: fonts.sans, fontSize },
    data: cells.map(({ head, column, value }) => {
      const color = signedColor(value, limit, display)
      const label = {
        formatter: signedText(value, 1),
        color: color === null ? ink3 : inkOn(color),
        fontWeight: column === meanColumn ? (650 as const) : (400 as const),
      }
      const place = [columns.indexOf(column), heads.indexOf(head)]
      return color === null
        ? { value: [...place, 0], label, visualMap: false, itemStyle: { color: hatch } }
        : { value: [...place, value], label }
    }),
  }
}

function targetsOf(cells: readonly LossDatum[], map: Box): Target<LossDatum>[] {
  const [heads, columns] = [namesOf(cells, 'head'), namesOf(cells, 'column')]
  const [width, height] = [map.width / columns.length, map.height / heads.length]
  return cells.map((datum) => {
    const [x, y] = [map.x + columns.indexOf(datum.column) * width, map.y + heads.indexOf(datum.head) * height]
    return { x, y, width, height, datum }
  })
}

/** The cells in reading order. */
export function lossCells(input: LossDifferenceInput): LossDatum[] {
  const { lossDiff, lossDiffPerDigit, mlpLossDiff, mlpLossDiffPerDigit } = input
  const [layers, heads, digits] = lossDiffPerDigit.shape as [number, number, number]
  const columns = lossDiffPerDigit.labels.digit ?? digitLabels(digits)
  const row = (head: string, perDigit: ArrayLike<number>, mean: number, index: number): LossDatum[] => [
    ...columns.map((column, digit) => ({ head, column, value: perDigit[index * digits + digit]! })),
    { head, column: meanColumn, value: mean },
  ]
  return Array.from({ length: layers }, (_, layer) => [
    ...Array.from({ length: heads }, (_, head) => {
      const index = layer * heads + head
      return row(headLabel(layer, head), lossDiffPerDigit.data, lossDiff.data[index]!, index)
    }).flat(),
    ...(mlpLossDiff && mlpLossDiffPerDigit
      ? row(mlpLabel(layer), mlpLossDiffPerDigit.data, mlpLossDiff.data[layer]!, layer)
      : []),
  ]).flat()
}

/** What is ablated one by one, in words. */
export function ablatedParts({ mlpLossDiff }: LossDifferenceInput): string {
  return mlpLossDiff ? 'head and MLP' : 'head'
}

function namesOf(cells: readonly LossDatum[], axis: 'head' | 'column'): string[] {
  return [...new Set(cells.map((cell) => cell[axis]))]
}

function focusName({ focus }: LossDifferenceInput): string {
  return focus === null ? '' : `C${focus}`
}

export function lossNote({ head, column, value }: LossDatum, mode: string): Note {
  const where = column === meanColumn ? 'all answer digits' : column
  return {
    subject: `${head}, ${where}`,
    lines: [{ label: `loss added by its ${mode}`, value: `${signedText(value, 2)} nats` }],
    hook: hookOfComponent(head)!,
  }
}

export function lossTable(input: LossDifferenceInput): Table {
  const cells = lossCells(input)
  const columns = namesOf(cells, 'column')
  const rows = namesOf(cells, 'head').map((head) => [
    head,
    ...cells.filter((cell) => cell.head === head).map((cell) => cell.value),
  ])
  return {
    caption: `Loss added by ablating each ${ablatedParts(input)} alone, in nats`,
    columns: ['head', ...columns],
    rows,
  }
}
