import { expect, test } from 'vitest'
import { PageStyle } from '../../src/report/page-style'

const light =
  '<svg id="zr0123abcd-g"><text x="1" y="2" font-size="11" fill="#ffffff">a</text><rect fill="rgb(1, 2, 3)"/></svg>'
const dark =
  '<svg id="zr89abcdef-g"><text x="1" y="2" font-size="11" fill="#000000">a</text><rect fill="rgb(4, 5, 6)"/></svg>'

test('colours become variables with a value for each theme, and looks of texts become classes', () => {
  const style = new PageStyle()
  const joined = style.join(light, dark)
  expect(joined).toBe('<svg id="zr0123abcd-g"><text x="1" y="2" class="t0">a</text><rect fill="var(--1)"/></svg>')
  expect(style.colors('light')).toBe('--0:#ffffff;--1:rgb(1,2,3)')
  expect(style.colors('dark')).toBe('--0:#000000;--1:rgb(4,5,6)')
  expect(style.classes()).toBe('.t0{font-size:11px;fill:var(--0)}')
})

test('the type of a chart’s text becomes a class too', () => {
  const style = new PageStyle()
  const chart = '<svg><text text-anchor="end" style="font-size:11px;font-family:Inter" fill="#ffffff">a</text></svg>'
  expect(style.join(chart, chart)).toBe('<svg><text text-anchor="end" class="t0" fill="var(--0)">a</text></svg>')
  expect(style.classes()).toBe('.t0{font-size:11px;font-family:Inter}')
})

test('pictures that differ in more than colours cannot be joined', () => {
  expect(new PageStyle().join(light, dark.replace('x="1"', 'x="9"'))).toBeNull()
})

test('the same colours and looks are named once', () => {
  const style = new PageStyle()
  expect(style.join(light, dark)).toBe(style.join(light, dark))
  expect(style.colors('light').split(';')).toHaveLength(2)
})
