import { expect, test } from 'vitest'
import { figureSvg } from '../../src/report/figure-svg'
import { drawing } from '../../src/charts/drawing/drawing'
import { display } from '../support/small-run'

test('font weights in a saved figure are whole hundreds', () => {
  const text = { kind: 'text', x: 0, y: 0, text: 'C0', size: 11, fill: '#000000' } as const
  const marks = [400, 449, 550, 650].map((weight) => ({ ...text, weight }))
  const weights = Array.from(figureSvg(drawing(display, marks, []), '#ffffff').matchAll(/font-weight="(\d+)"/g))
  expect(weights.map(([, weight]) => weight)).toEqual(['400', '400', '600', '700'])
})

test('numbers that are written keep all their decimals', () => {
  const option = {
    animation: false,
    title: { text: '0.001' },
    xAxis: { show: false },
    yAxis: { show: false },
    series: [],
  }
  expect(figureSvg({ width: 100, height: 50, targets: [], option }, '#ffffff')).toContain('>0.001</text>')
})
