import type { EChartsOption, SeriesOption } from 'echarts'

/** What an instance has to be told, and whether it forgets everything else. */
export interface OptionChanges {
  readonly option: EChartsOption
  readonly notMerge: boolean
}

/**
 * What of an option has to be set after another one: the series, which hold the data, and those components that differ. Where
 * components or series have come or gone, everything is set anew, so that nothing stays of what was there before.
 */
export function optionChanges(before: EChartsOption | null, after: EChartsOption): OptionChanges {
  if (!before || shapeOf(before) !== shapeOf(after)) return { option: after, notMerge: true }
  const changed = Object.entries(after).filter(
    ([name, value]) => name === 'series' || JSON.stringify(value) !== JSON.stringify(before[name]),
  )
  return { option: Object.fromEntries(changed), notMerge: false }
}

/** Which components there are, how many of each, and the series by type and id. */
function shapeOf(option: EChartsOption): string {
  const counts = Object.entries(option).map(([name, value]) => `${name} ${Array.isArray(value) ? value.length : 1}`)
  const all: readonly SeriesOption[] = Array.isArray(option.series) ? option.series : []
  const series = all.map(({ type, id }) => `${type} ${id}`)
  return [...counts, ...series].join()
}
