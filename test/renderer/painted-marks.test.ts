// @vitest-environment jsdom
import { beforeEach, expect, test, vi } from 'vitest'
import type { Chart } from '../../src/charts/drawing/chart'
import type { Mark } from '../../src/charts/drawing/drawing'
import { markSeries } from '../../src/charts/echarts/marks'
import { optionChanges } from '../../src/renderer/charts/option-changes'
import { PaintedMarks } from '../../src/renderer/charts/painted-marks'

const cloud: readonly Mark[] = [{ kind: 'points', places: [10, 10, 20, 20], size: 4, round: true, fill: '#f00' }]
const words = (text: string): readonly Mark[] => [{ kind: 'text', x: 5, y: 5, text, size: 11, fill: '#000' }]

function chartOf(text: string, width = 300, height = 200): Chart<unknown> {
  const series = [markSeries('cloud', cloud, null), markSeries('words', words(text), null)]
  return { width, height, targets: [], option: { animation: false, series } }
}

const painted: string[] = []
beforeEach(() => {
  painted.length = 0
  vi.spyOn(HTMLCanvasElement.prototype, 'getContext').mockImplementation(
    () =>
      new Proxy(
        {},
        {
          get: (_, name) => () => (name === 'fillText' || name === 'arc' ? painted.push(name) : undefined),
          set: () => true,
        },
      ) as never,
  )
})

test('only the series whose marks are others is painted, and ECharts is told of nothing', () => {
  const marks = new PaintedMarks()
  const first = marks.optionOf(chartOf('one'), 1)
  expect(painted).toEqual(['arc', 'arc', 'fillText'])
  const second = marks.optionOf(chartOf('two'), 1)
  expect(painted).toEqual(['arc', 'arc', 'fillText', 'fillText'])
  expect(optionChanges(first, second)).toBeNull()
})

test.each([
  ['wider', 320, 200, 1],
  ['higher', 300, 240, 1],
  ['on a finer screen', 300, 200, 2],
])('a chart that is %s is painted anew, and ECharts told of other images, which it would else stretch', (...now) => {
  const marks = new PaintedMarks()
  const first = marks.optionOf(chartOf('one'), 1)
  const [, width, height, pixelRatio] = now
  const second = marks.optionOf(chartOf('one', width, height), pixelRatio)
  expect(painted).toEqual(['arc', 'arc', 'fillText', 'arc', 'arc', 'fillText'])
  expect(optionChanges(first, second)!.option.series).toHaveLength(2)
})
