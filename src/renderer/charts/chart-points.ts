import type { EChartsOption, SeriesOption } from 'echarts'
import type { EChartsType } from 'echarts/core'

/** One datum of an option and where it is drawn. */
export interface ChartPoint<Datum> {
  readonly series: SeriesOption
  readonly value: readonly number[]
  readonly datum: Datum
}

/** The identity that a builder gave to a datum of a series; null for anything else that ECharts reports. */
export function datumOf<Datum>(data: unknown): Datum | null {
  return typeof data === 'object' && data !== null && 'datum' in data ? (data.datum as Datum) : null
}

/** Every datum of an option in series order: the order of the arrow keys. */
export function points<Datum>({ series }: EChartsOption): ChartPoint<Datum>[] {
  const all = Array.isArray(series) ? series : series ? [series] : []
  return all.flatMap((one) =>
    (Array.isArray(one.data) ? one.data : []).flatMap((data: unknown) => {
      const datum = datumOf<Datum>(data)
      return datum === null ? [] : [{ series: one, value: (data as { value: number[] }).value, datum }]
    }),
  )
}

/** Where a datum lies in its chart, in CSS pixels. */
export function pointOf(chart: EChartsType, { series, value }: ChartPoint<unknown>): readonly [number, number] {
  const index = 'xAxisIndex' in series ? series.xAxisIndex : 0
  const at: unknown = chart.convertToPixel({ xAxisIndex: index, yAxisIndex: index }, [value[0]!, value[1]!])
  return at as readonly [number, number]
}
