import type { EChartsOption, XAXisComponentOption, YAXisComponentOption } from 'echarts'
import { fonts } from '../../charts/drawing/display'
import type { Text } from '../../charts/drawing/drawing'

/** An option without the texts that ECharts makes anew, each, whenever anything is set; and these as marks. */
export interface NamesApart {
  readonly rest: EChartsOption
  readonly names: readonly Text[]
}

type Axis = XAXisComponentOption | YAXisComponentOption
/** A category axis as `charts/echarts/axes.ts` declares it. */
interface Categories {
  readonly gridIndex: number
  readonly position?: 'top' | 'bottom'
  readonly data: readonly Category[]
  readonly axisLabel: Label
}
type Category =
  string | { readonly value: string; readonly textStyle: { readonly color: string; readonly fontWeight: number } }
/** An axis of numbers below its grid, as declared there: from where to where it reaches, and from rule to rule. */
interface Numbers extends Record<'gridIndex' | 'min' | 'max' | 'interval', number> {
  readonly position?: 'top' | 'bottom'
  readonly axisLabel: Label & {
    readonly showMinLabel?: boolean
    readonly showMaxLabel?: boolean
    readonly formatter: (value: number) => string
  }
}
type Label = { show: boolean; margin: number; color: string; fontFamily: string; fontSize: number }
type Box = Record<'left' | 'top' | 'width' | 'height', number>
type Heading = { text: string; left: number; top: number; textStyle: { color: string; fontSize: number } }

/**
 * Takes the headings, the names of the category axes, but turned ones, and the numbers below grids out of an option whose grids stand
 * in exact boxes.
 */
export function namesApart(option: EChartsOption): NamesApart {
  const { title, ...rest } = option
  const boxes = listOf(option.grid) as readonly Box[]
  const headings = (listOf(title) as readonly Heading[]).map(({ text, left: x, top: y, textStyle }): Text => {
    return { kind: 'text', x, y, text, size: textStyle.fontSize, fill: textStyle.color }
  })
  const [columns, rows] = [listOf<Axis>(option.xAxis), listOf<Axis>(option.yAxis)]
  return {
    rest: {
      ...rest,
      ...(columns.length > 0 && {
        xAxis: columns.map((axis) => (isNumbered(axis) ? unnumbered(axis) : unnamed(axis))),
      }),
      ...(rows.length > 0 && { yAxis: rows.map(unnamed) }),
    } as EChartsOption,
    names: [
      ...headings,
      ...columns.filter(isNamed).flatMap((axis) => columnNames(axis, boxes[axis.gridIndex]!)),
      ...columns.filter(isNumbered).flatMap((axis) => columnNumbers(axis, boxes[axis.gridIndex]!)),
      ...rows.filter(isNamed).flatMap((axis) => rowNames(axis, boxes[axis.gridIndex]!)),
    ],
  }
}

function columnNames({ data, position, axisLabel }: Categories, box: Box): Text[] {
  const reach = axisLabel.margin + axisLabel.fontSize / 2
  const y = position === 'top' ? box.top - reach : box.top + box.height + reach
  return data.map((name, index) => {
    const x = box.left + ((index + 0.5) * box.width) / data.length
    return { ...nameMark(name, axisLabel), x, y, anchor: 'middle' }
  })
}

function columnNumbers({ min, max, interval, axisLabel }: Numbers, box: Box): Text[] {
  const y = box.top + box.height + axisLabel.margin + axisLabel.fontSize / 2
  const [first, last] = [min, max].map((end) => Math.round(end / interval)) as [number, number]
  return Array.from({ length: last - first + 1 }, (_, index) => {
    const value = index === last - first ? max : (first + index) * interval
    const x = box.left + ((value - min) * box.width) / (max - min)
    return { ...nameMark(axisLabel.formatter(value), axisLabel), x, y, anchor: 'middle' }
  })
}

function rowNames({ data, axisLabel }: Categories, box: Box): Text[] {
  return data.map((name, index) => {
    const y = box.top + ((index + 0.5) * box.height) / data.length
    return { ...nameMark(name, axisLabel), x: box.left - axisLabel.margin, y, anchor: 'end' }
  })
}

function nameMark(name: Category, { color, fontFamily, fontSize: size }: Label): Omit<Text, 'x' | 'y'> {
  const face = { kind: 'text', size, font: fontFamily === fonts.mono ? 'mono' : 'sans' } as const
  if (typeof name === 'string') return { ...face, text: name, fill: color }
  return { ...face, text: name.value, fill: name.textStyle.color, weight: name.textStyle.fontWeight }
}

/** The same axis; one of categories has as many as before, without names. */
function unnamed(axis: Axis): Axis {
  if (!isNamed(axis)) return axis
  const { data, axisLabel } = axis
  return { ...axis, data: data.map((_, index) => String(index)), axisLabel: { ...axisLabel, show: false } } as Axis
}

/** The same axis without its numbers. */
function unnumbered(axis: Axis & Numbers): Axis {
  return { ...axis, axisLabel: { ...axis.axisLabel, show: false } } as Axis
}

/** Whether it is known which numbers are written below it: of other axes ECharts chooses. */
function isNumbered(axis: Axis): axis is Axis & Numbers {
  const { type, min, max, interval = 0, position, axisLabel } = axis as Partial<Numbers> & { readonly type?: string }
  const isRule = (end: unknown) =>
    typeof end === 'number' && Math.abs(Math.round(end / interval) - end / interval) < 1e-6
  const known = interval > 0 && isRule(min) && isRule(max) && axisLabel?.showMinLabel && axisLabel.showMaxLabel
  return type === 'value' && position !== 'top' && typeof axisLabel?.formatter === 'function' && known === true
}

function isNamed(axis: Axis | Categories): axis is Axis & Categories {
  // A mark is never turned: such names are left to ECharts.
  return 'type' in axis && axis.type === 'category' && axis.axisLabel?.show !== false && !axis.axisLabel?.rotate
}

function listOf<T>(one: T | readonly T[] | undefined): readonly T[] {
  return one === undefined ? [] : Array.isArray(one) ? (one as readonly T[]) : [one as T]
}
