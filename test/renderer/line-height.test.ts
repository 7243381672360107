import { expect, test } from 'vitest'
import { knowLineHeights } from '../../src/renderer/charts/line-height'
import { init } from '../../src/report/echarts'

test('no line’s height is looked for among the system’s fonts, and text is measured in its own', () => {
  const measured: string[] = []
  const context = {
    font: '',
    measureText(text: string) {
      measured.push(`${text} in ${this.font}`)
      return { width: 7 * text.length } as TextMetrics
    },
  }
  knowLineHeights(context)
  const chart = init(null, null, { renderer: 'svg', ssr: true, width: 100, height: 50 })
  const font = '650 14px Inter'
  chart.setOption({
    graphic: [{ type: 'text', x: 10, y: 20, style: { text: 'weakest', font, verticalAlign: 'top' } }],
  })
  const svg = chart.renderToSVGString()
  chart.dispose()
  expect(measured).toContain(`weakest in ${font}`)
  expect(measured.filter((each) => each.startsWith('国'))).toEqual([])
  // The middle of a line of 14 px.
  expect(svg).toContain('y="7"')
})
