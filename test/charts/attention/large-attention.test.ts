import { expect, test } from 'vitest'
import { largeAttentionChart } from '../../../src/charts/attention/large-attention'
import { unitColor } from '../../../src/charts/drawing/palette'
import { tokens } from '../../../src/charts/drawing/tokens'
import { positionLabels } from '../../../src/core/positions'
import { publishedLayout } from '../../../src/core/task-layout'
import { tensor } from '../../../src/core/tensor'
import { isMarkSeries } from '../../../src/charts/echarts/marks'
import { withChart } from '../../support/golden-picture'
import { display } from '../../support/small-run'

/** Each query of a two-digit model looks at its own position alone, the last also a little at the first. */
const values = Float64Array.from({ length: 64 }, (_, index) => {
  const [query, key] = [Math.floor(index / 8), index % 8]
  if (key > query) return Number.NaN
  if (query === 7 && (key === 0 || key === 7)) return key === 0 ? 0.04 : 0.96
  return Number(key === query)
})
const pattern = tensor(['layer', 'head', 'query', 'key'], [1, 1, 8, 8], values)
const input = { pattern, layer: 0, head: 0, layout: publishedLayout(2), query: 3 }
const chart = largeAttentionChart(input, { ...display, width: 500, height: 300 })
const names = positionLabels(input.layout)
const marks = [chart.option.series].flat().flatMap((series) => (series && isMarkSeries(series) ? series.marks : []))

test('a cell stands where ECharts puts its key and query, in the colour of its attention', () => {
  expect(chart.targets).toHaveLength(36)
  const last = chart.targets.at(-1)!
  expect(last.datum).toMatchObject({ query: 'C1', key: 'C1', attention: 0.96 })
  const [x, y] = withChart(chart, (instance) => instance.convertToPixel({ gridIndex: 0 }, [7, 7])) as [number, number]
  expect(x).toBeCloseTo(last.x + last.width / 2, 6)
  expect(y).toBeCloseTo(last.y + last.height / 2, 6)
  const ground = marks.find((mark) => mark.kind === 'rect' && mark.x === last.x && mark.y === last.y)
  expect(ground).toMatchObject({ fill: unitColor(0.96, display) })
})

test('figures stand where there is something to see, and none where they would not fit', () => {
  const texts = marks.flatMap((mark) => (mark.kind === 'text' ? [mark.text] : []))
  expect(texts).toEqual(['1', '1', '1', '1', '1', '1', '1', '.96'])
  const small = largeAttentionChart(input, { ...display, width: 120, height: 90 })
  expect(JSON.stringify(small.option.series)).not.toContain('"text"')
})

test('what cannot be attended to is hatched, a row at a time', () => {
  // Seven rows of hatching, and the rules.
  expect(marks.filter(({ kind }) => kind === 'lines')).toHaveLength(8)
})

test('the row of the query that is looked from is framed up to itself, and named in the accent colour', () => {
  const own = chart.targets.filter(({ datum }) => datum.query === names[3])
  const frame = marks.at(-1)
  expect(frame).toMatchObject({ kind: 'rect', x: own[0]!.x, y: own[0]!.y, stroke: tokens.light.acc })
  expect(JSON.stringify(chart.option.yAxis)).toContain(
    `{"value":"${names[3]}","textStyle":{"color":"${tokens.light.acc}"`,
  )
})
