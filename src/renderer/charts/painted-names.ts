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
type Label = { show: boolean; margin: number; color: string; fontFamily: string; fontSize: number }
type Box = Record<'left' | 'top' | 'width' | 'height', number>
type Heading = { text: string; left: number; top: number; textStyle: { color: string; fontSize: number } }

/** Takes the headings and the names of the category axes, but turned ones, out of an option whose grids stand in exact boxes. */
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
      ...(columns.length > 0 && { xAxis: columns.map(unnamed) }),
      ...(rows.length > 0 && { yAxis: rows.map(unnamed) }),
    } as EChartsOption,
    names: [
      ...headings,
      ...columns.filter(isNamed).flatMap((axis) => columnNames(axis, boxes[axis.gridIndex]!)),
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

function isNamed(axis: Axis | Categories): axis is Axis & Categories {
  // A mark is never turned: such names are left to ECharts.
  return 'type' in axis && axis.type === 'category' && axis.axisLabel?.show !== false && !axis.axisLabel?.rotate
}

function listOf<T>(one: T | readonly T[] | undefined): readonly T[] {
  return one === undefined ? [] : Array.isArray(one) ? (one as readonly T[]) : [one as T]
}
