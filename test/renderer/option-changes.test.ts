import type { EChartsOption } from 'echarts'
import { expect, test } from 'vitest'
import { optionChanges } from '../../src/renderer/charts/option-changes'

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
