import type { EChartsOption } from 'echarts'
import { expect, test } from 'vitest'
import { outcomeChart } from '../../src/charts/carry/outcome-chart'
import { tensor } from '../../src/core/tensor'
import { optionChanges } from '../../src/renderer/charts/option-changes'
import { init } from '../../src/report/echarts'
import { display } from '../support/small-run'

const option = (title: string, values: readonly number[], more: EChartsOption = {}): EChartsOption => ({
  title: { text: title },
  xAxis: { min: 0 },
  series: [{ type: 'bar', id: 'now', data: [...values] }],
  ...more,
})

test('of an option that differs in its data alone, only the series are set', () => {
  const next = option('one', [2])
  expect(optionChanges(option('one', [1]), next)).toEqual({ option: { series: next.series }, notMerge: false })
})

test('a component that differs is set alone', () => {
  const changes = optionChanges(option('one', [1]), option('two', [1]))
  expect(changes).toEqual({ option: { title: { text: 'two' } }, notMerge: false })
})

test('where nothing differs, nothing is set', () => {
  expect(optionChanges(option('one', [1]), option('one', [1]))).toBeNull()
  const drawn = (renderItem: () => null) => option('one', [1], { series: [{ type: 'custom', id: 'a', renderItem }] })
  const one = drawn(() => null)
  expect(optionChanges(one, { ...one })).toBeNull()
  // What it draws cannot be told from a function.
  expect(
    optionChanges(
      one,
      drawn(() => null),
    )?.option.series,
  ).toHaveLength(1)
})

test('where components or series come or go, everything is set anew', () => {
  const [before, after] = [option('one', [1]), option('one', [1], { legend: {} })]
  const other = option('one', [1], { series: [{ type: 'bar', id: 'other', data: [1] }] })
  for (const next of [after, other]) expect(optionChanges(before, next)).toEqual({ option: next, notMerge: true })
  expect(optionChanges(null, before)).toEqual({ option: before, notMerge: true })
  expect(optionChanges(after, before)?.notMerge).toBe(true)
})

test('where only some series differ, their data come to the place that a chart drawn anew has for them', () => {
  const labels = { group: ['differ', 'same'], digit: ['C0', 'C1'], outcome: ['own', 'moved', 'donor', 'other'] }
  const chart = (moved: number) => {
    const shares = [1, 0, 0, 0, 1 - moved, moved, 0, 0, 1, 0, 0, 0, 1, 0, 0, 0]
    const share = tensor(['group', 'digit', 'outcome'], [2, 2, 4], Float64Array.from(shares), { labels })
    const n = tensor(['group', 'digit'], [2, 2], Int32Array.from([8, 8, 8, 8]), { labels })
    return outcomeChart({ share, n }, 0, { ...display, width: 500, height: 260 }).option
  }
  const drawn = (...options: readonly EChartsOption[]) => {
    const instance = init(null, null, { renderer: 'svg', ssr: true, width: 500, height: 260 })
    for (const each of options) instance.setOption(each)
    const svg = instance.renderToSVGString()
    instance.dispose()
    return [...svg.matchAll(/<(?:path|text) [^>]*>[^<]*/g)].map(([mark]) => mark.replace(/ class="[^"]*"/, '')).sort()
  }
  const [before, after] = [chart(0.25), chart(0.75)]
  expect(drawn(before, optionChanges(before, after)!.option)).toEqual(drawn(after))
})
