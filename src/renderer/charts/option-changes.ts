import type { EChartsOption, SeriesOption } from 'echarts'

/** What an instance has to be told, and whether it forgets everything else. */
export interface OptionChanges {
  readonly option: EChartsOption
  readonly notMerge: boolean
}

/**
 * What of an option has to be set after another one: those components and series that differ; null where none does. Where
 * components or series have come or gone, everything is set anew, so that nothing stays of what was there before.
 */
export function optionChanges(before: EChartsOption | null, after: EChartsOption): OptionChanges | null {
  if (!before || shapeOf(before) !== shapeOf(after)) return { option: after, notMerge: true }
  const changed: [string, unknown][] = Object.entries(after).filter(
    ([name, value]) => name !== 'series' && !isSame(value, before[name]),
  )
  const known = seriesOf(before)
  const series = seriesOf(after).filter((one, index) => !isSame(one, known[index]))
  if (series.length > 0) changed.push(['series', series])
  return changed.length > 0 ? { option: Object.fromEntries(changed), notMerge: false } : null
}

function seriesOf({ series }: EChartsOption): readonly SeriesOption[] {
  return Array.isArray(series) ? series : series ? [series] : []
}

/** Which components there are, how many of each, and the series by type and id. */
function shapeOf(option: EChartsOption): string {
  const counts = Object.entries(option).map(([name, value]) => `${name} ${Array.isArray(value) ? value.length : 1}`)
  return [...counts, ...seriesOf(option).map(({ type, id }) => `${type} ${id}`)].join()
}

/** Whether two parts of options say the same. Of functions only what draws a series is told apart: texts follow the values. */
function isSame(one: unknown, other: unknown): boolean {
  if (Object.is(one, other)) return true
  if (typeof one === 'function') return typeof other === 'function'
  if (typeof one !== 'object' || typeof other !== 'object' || one === null || other === null) return false
  const [fields, others] = [one as Record<string, unknown>, other as Record<string, unknown>]
  const names = Object.keys(fields)
  return (
    names.length === Object.keys(others).length &&
    fields['renderItem'] === others['renderItem'] &&
    names.every((name) => isSame(fields[name], others[name]))
  )
}
