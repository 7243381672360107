import { expect, test } from 'vitest'
import type { Mark } from '../../../src/charts/drawing/drawing'
import { markSeries } from '../../../src/charts/echarts/marks'
import { init } from '../../../src/report/echarts'

/** What is drawn of marks, each time after what was drawn before, without the names that ECharts counts. */
function drawn(...pictures: readonly (readonly Mark[])[]): string {
  const instance = init(null, null, { renderer: 'svg', ssr: true, width: 400, height: 300 })
  for (const marks of pictures) {
    instance.setOption({ animation: false, series: [markSeries('marks', marks, null)] })
    instance.renderToSVGString()
  }
  const svg = instance.renderToSVGString()
  instance.dispose()
  return svg.replaceAll(/<style[^>]*>[^]*?<\/style>/g, '').replaceAll(/ class="[^"]*"|zr\d+-/g, '')
}

const text: Mark = { kind: 'text', x: 120, y: 80, text: 'B3', size: 11, fill: '#000' }
const frame: Mark = { kind: 'rect', x: 10, y: 20, width: 30, height: 40, stroke: '#000' }
const cell: Mark = { kind: 'rect', x: 50, y: 60, width: 30, height: 40, radius: 4, fill: '#00f' }
const line: Mark = { kind: 'lines', paths: [[0, 5, 60, 5]], stroke: '#888' }
const dot: Mark = { kind: 'circle', x: 30, y: 30, radius: 3, fill: '#f00' }

test('marks stand where they are said to, whatever marks were drawn in their turn before', () => {
  const bold: Mark = { ...text, weight: 650, halo: '#fff' }
  const dashed: Mark = { ...line, dash: [4, 2] }
  const before = [text, text, text, cell, text, line, bold, dashed, cell]
  const after = [frame, line, dot, frame, cell, text, text, line, frame]
  expect(drawn(before, after)).toBe(drawn(after))
})

test('points are squares or discs about their places, all of them one element', () => {
  const points = { kind: 'points', places: [10, 20, 40, 30], size: 6, fill: '#f00' } as const
  const [squares, discs] = [drawn([points]), drawn([{ ...points, round: true }])]
  expect(squares.match(/<path/g)).toHaveLength(1)
  expect(squares).toMatch(/d="M7 17l6 0l0 6l-6 0Z\s*M37 27l6 0l0 6l-6 0Z"/)
  expect(discs.match(/<path/g)).toHaveLength(1)
  expect(discs.match(/A3 3 /g)!.length).toBeGreaterThanOrEqual(2)
})
