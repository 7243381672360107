import type { BarSeriesOption, EChartsOption, XAXisComponentOption } from 'echarts'
import { expect, test } from 'vitest'
import { barsOf, moveBars } from '../../src/renderer/charts/moved-bars'
import { optionChanges } from '../../src/renderer/charts/option-changes'
import { init } from '../../src/report/echarts'

type Datum = { value: number; itemStyle: { color: string; decal?: object } } | '-'

const bar = (value: number, color = value < 0 ? '#aa0000' : '#0000aa'): Datum => ({ value, itemStyle: { color } })

function axisOf(limit: number, numbers: boolean): XAXisComponentOption {
  return { type: 'value', min: -limit, max: limit, interval: limit / 2, axisLabel: { show: numbers } }
}

/** Bars on a scale that reaches so far to both sides, with rules at its ends and halfway, of which ECharts writes the numbers or not. */
function optionOf(data: readonly Datum[], limit = 20, numbers = true): EChartsOption {
  const series: BarSeriesOption = { type: 'bar', id: 'now', xAxisIndex: 0, barWidth: 12, data: [...data] as never[] }
  return {
    animation: false,
    grid: [{ left: 50, top: 10, width: 300, height: 150, outerBoundsMode: 'none' }],
    xAxis: [axisOf(limit, numbers)],
    yAxis: [{ type: 'category', data: data.map((_, row) => String(row)), inverse: true }],
    series: [series],
  }
}

/** An instance that was told of these bars. */
function chartOf(...option: Parameters<typeof optionOf>) {
  const chart = init(null, null, { renderer: 'svg', ssr: true, width: 400, height: 200 })
  chart.setOption(optionOf(...option))
  return chart
}

/** Where each bar stands, and in which colour. */
function shown(chart: ReturnType<typeof chartOf>) {
  const elements = chart.getZr().storage.getDisplayList() as unknown as {
    name: string
    shape: { x: number; y: number; width: number; height: number }
    style: { fill: string }
  }[]
  return elements
    .filter(({ name }) => name === 'item')
    .map(({ shape, style }) => [shape.x, shape.y, shape.width, shape.height, style.fill])
}

/** All that is drawn, but for the names that zrender makes up. */
const picture = (chart: ReturnType<typeof chartOf>) => chart.renderToSVGString().replace(/zr\d+-[\w-]+/g, '')

const before = [bar(5), '-', bar(-7.3), bar(25)] as const
const after = [bar(-5), '-', bar(0), bar(-30)] as const

test('moved bars stand where ECharts puts them when it is told of their values, and in the same colours', () => {
  const chart = chartOf(before)
  const first = shown(chart)
  const changes = optionChanges(optionOf(before), optionOf(after))!
  expect(moveBars(chart, optionOf(before), changes)).toBe(true)
  const moved = shown(chart)
  expect(moved).toHaveLength(3)
  expect(moved).not.toEqual(first)
  expect(moved).toEqual(shown(chartOf(after)))
  // Told of them later, and of the first again, nothing stays of what was moved.
  chart.setOption(changes.option)
  expect(shown(chart)).toEqual(moved)
  expect(moveBars(chart, optionOf(after), barsOf(optionOf(before)))).toBe(true)
  expect(shown(chart)).toEqual(first)
})

test('bars are moved on a scale that reaches further too, where its rules stay and its numbers are not ECharts’', () => {
  const chart = chartOf(before, 20, false)
  const changes = optionChanges(optionOf(before, 20, false), optionOf(after, 50, false))!
  expect(moveBars(chart, optionOf(before, 20, false), changes)).toBe(true)
  expect(shown(chart)).toEqual(shown(chartOf(after, 50, false)))
  expect(picture(chart)).toBe(picture(chartOf(after, 50, false)))
  const coarser = { ...optionOf(after, 50, false), xAxis: [{ ...axisOf(50, false), interval: 50 }] }
  expect(moveBars(chart, optionOf(before, 20, false), optionChanges(optionOf(before, 20, false), coarser)!)).toBe(false)
})

/** Two sets of bars beside each other, on scales of their own that are not shown. */
function besideOf(left: readonly Datum[], right: readonly Datum[], limits: readonly [number, number]): EChartsOption {
  const grid = [0, 200].map((from) => ({
    left: from,
    top: 10,
    width: 150,
    height: 150,
    outerBoundsMode: 'none' as const,
  }))
  const rows = left.map((_, row) => String(row))
  return {
    animation: false,
    grid,
    xAxis: limits.map((max, gridIndex) => ({ type: 'value' as const, gridIndex, show: false, min: 0, max })),
    yAxis: grid.map((_, gridIndex) => ({ type: 'category' as const, gridIndex, data: rows, inverse: true })),
    series: [left, right].map((data, index): BarSeriesOption => {
      const axes = { xAxisIndex: index, yAxisIndex: index }
      return { type: 'bar', id: ['loss', 'share'][index]!, ...axes, barWidth: 12, data: [...data] as never[] }
    }),
  }
}

test.each([
  ['both', besideOf([bar(3), '-', bar(9)], [bar(90), '-', bar(10)], [10, 100])],
  ['one', besideOf([bar(1), '-', bar(2)], [bar(90), '-', bar(10)], [4, 100])],
])('bars beside each other are moved each on its own scale where %s differ', (_, option) => {
  const first = besideOf([bar(1), '-', bar(2)], [bar(50), '-', bar(100)], [4, 100])
  const [chart, other] = [first, option].map((one) => {
    const made = init(null, null, { renderer: 'svg', ssr: true, width: 400, height: 200 })
    made.setOption(one)
    return made
  }) as [ReturnType<typeof chartOf>, ReturnType<typeof chartOf>]
  expect(moveBars(chart, first, optionChanges(first, option)!)).toBe(true)
  expect(shown(chart)).toEqual(shown(other))
  expect(picture(chart)).toBe(picture(other))
})

test.each([
  ['a bar comes', optionOf([bar(1), bar(2), bar(3), bar(4)])],
  ['the scale’s numbers differ', optionOf(after, 40)],
  ['a bar is striped', optionOf([bar(5), '-', { value: -7, itemStyle: { color: '#aa0000', decal: {} } }, bar(25)])],
  ['there are more rows', optionOf([...before, bar(1)])],
])('where %s ECharts has to be told', (_, option) => {
  const chart = chartOf(before)
  const first = shown(chart)
  expect(moveBars(chart, optionOf(before), optionChanges(optionOf(before), option)!)).toBe(false)
  expect(shown(chart)).toEqual(first)
})
