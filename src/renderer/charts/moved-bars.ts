import type { BarSeriesOption, EChartsOption, GridComponentOption, SeriesOption, XAXisComponentOption } from 'echarts'
import type { EChartsType } from 'echarts/core'
import type { OptionChanges } from './option-changes'

/** The element of a datum, of which ECharts sets this: it begins where its axis is zero. */
interface Bar {
  setShape(shape: { width: number }): void
  setStyle(style: { fill: string }): void
}

type Axis = XAXisComponentOption

/** A datum as a bar of one plain colour. */
interface Plain {
  readonly value: number
  readonly itemStyle: { readonly color: string }
}

/**
 * Moves the bars that an instance shows to other values where these, and how far their scales reach, are all that differs from the
 * option that it was told before, and says whether they were moved. ECharts, told of values, lays out and makes anew all that the
 * chart has, which takes ten times as long: that can wait until they have come to rest.
 */
export function moveBars(instance: EChartsType, before: EChartsOption, { option, notMerge }: OptionChanges): boolean {
  const told = Object.keys(option)
  if (notMerge || told.length === 0 || told.some((name) => name !== 'series' && name !== 'xAxis')) return false
  const changed = listOf<SeriesOption>(option.series)
  const known = listOf<SeriesOption>(before.series).filter(isBars)
  const axes = listOf<Axis>(option.xAxis ?? before.xAxis)
  if (!changed.every(isBars) || !keepTicks(axes, listOf<Axis>(before.xAxis))) return false
  const series = known.map((one) => changed.find(({ id }) => id === one.id) ?? one)
  if (series.length === 0 || !series.every((one, index) => differInData(one, known[index]!))) return false
  const places = series.flatMap((one) => placesOf(one, axes, listOf<GridComponentOption>(before.grid)))
  // ECharts makes an element for each datum that is a number, series by series.
  const shown = instance
    .getZr()
    .storage.getDisplayList()
    .filter(({ name }) => name === 'item') as unknown as Bar[]
  if (shown.length !== places.length || places.some(({ width }) => Number.isNaN(width))) return false
  places.forEach(({ width, fill }, index) => {
    shown[index]!.setShape({ width })
    shown[index]!.setStyle({ fill })
  })
  return true
}

/** How far each bar of a series reaches from where its axis is zero, and its colour; NaN where ECharts decides it. */
function placesOf(
  { data = [], xAxisIndex = 0 }: BarSeriesOption,
  axes: readonly Axis[],
  grids: readonly GridComponentOption[],
): { readonly width: number; readonly fill: string }[] {
  const axis = axes[xAxisIndex]
  const [min, max] = (axis?.type === 'value' ? [axis.min, axis.max] : []) as number[]
  const share = (grids[axis?.gridIndex ?? 0]?.width as number) / (max! - min!)
  return data.filter(isPlain).map(({ value, itemStyle }) => {
    return { width: Math.min(Math.max(value, min!), max!) * share, fill: itemStyle.color }
  })
}

/** What of an option tells of its bars, whether they differ or not. */
export function barsOf({ series }: EChartsOption): OptionChanges {
  return { option: { series: listOf<SeriesOption>(series).filter(isBars) }, notMerge: false }
}

/**
 * Whether axes differ only in how far they reach, zero and their rules in the same places, and no number that ECharts would write: it
 * draws none of an axis that is not shown.
 */
function keepTicks(axes: readonly Axis[], others: readonly Axis[]): boolean {
  return axes.every((axis, index) => {
    const other = others[index]
    if (JSON.stringify(axis) === JSON.stringify(other)) return true
    const [reach, known] = [reachOf(axis), reachOf(other)]
    if (!reach || !known || !(isHidden(axis) || axis.axisLabel?.show === false) || lookOf(axis) !== lookOf(other))
      return false
    return reach.every((value, at) => Math.abs(value * known[2] - known[at]! * reach[2]) < 1e-9 * reach[2] * known[2])
  })
}

/** From where to where an axis of numbers reaches, and from rule to rule; null where ECharts chooses any of it. */
function reachOf(axis: Axis | undefined): readonly [number, number, number] | null {
  if (axis?.type !== 'value') return null
  const { min, max } = axis
  const interval = isHidden(axis) ? Number(max) - Number(min) : axis.interval
  return typeof min === 'number' && typeof max === 'number' && typeof interval === 'number'
    ? [min, max, interval]
    : null
}

function isHidden(axis: Axis | undefined): boolean {
  return axis?.show === false
}

function lookOf(axis: Axis | undefined): string {
  return JSON.stringify({ ...axis, min: 0, max: 0, interval: 0 })
}

/** Whether all is the same but the values and colours of bars, which are plain in both. */
function differInData(one: BarSeriesOption, other: BarSeriesOption): boolean {
  const look = ({ data: _, ...rest }: BarSeriesOption) => JSON.stringify(rest)
  const [data, others] = [one.data ?? [], other.data ?? []]
  const isSameKind = (datum: unknown, index: number) =>
    (datum === '-' && others[index] === '-') || (isPlain(datum) && isPlain(others[index]))
  return data.length === others.length && data.every(isSameKind) && look(one) === look(other)
}

function isPlain(datum: unknown): datum is Plain {
  if (typeof datum !== 'object' || datum === null || !('value' in datum) || !('itemStyle' in datum)) return false
  const { color, ...rest } = datum.itemStyle as { color?: unknown }
  return typeof datum.value === 'number' && typeof color === 'string' && Object.keys(rest).length === 0
}

function isBars(series: unknown): series is BarSeriesOption {
  return (series as SeriesOption | null)?.type === 'bar' && !(series as BarSeriesOption).stack
}

function listOf<T>(one: unknown): readonly T[] {
  return one === undefined ? [] : ((Array.isArray(one) ? one : [one]) as readonly T[])
}
