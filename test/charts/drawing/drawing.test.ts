import { expect, test } from 'vitest'
import { cross, targetAt, type Drawing } from '../../../src/charts/drawing/drawing'
import { drawingSvg } from '../../../src/charts/drawing/drawing-svg'
import { nextTarget } from '../../../src/charts/drawing/navigation'
import { decimalText, signedText } from '../../../src/charts/drawing/number-text'
import { tableCsv } from '../../../src/charts/drawing/table'

/** Cells a b c over d e f, each 10 by 10. */
const grid: Drawing<string> = {
  width: 30,
  height: 20,
  marks: [],
  targets: Array.from('abcdef', (datum, index) => ({
    x: (index % 3) * 10,
    y: Math.floor(index / 3) * 10,
    width: 10,
    height: 10,
    datum,
  })),
}

test('a point finds its target, and none outside', () => {
  expect(targetAt(grid, 10, 0)?.datum).toBe('b')
  expect(targetAt(grid, 9.9, 19.9)?.datum).toBe('d')
  expect(targetAt(grid, 30, 0)).toBeNull()
})

test('a stroke is found within five pixels, not in the rest of its box', () => {
  const target = { x: 0, y: 0, width: 30, height: 20, stroke: [0, 0, 30, 20] as const, datum: 'arrow' }
  const drawing = { ...grid, targets: [target] }
  expect(targetAt(drawing, 15, 12)?.datum).toBe('arrow')
  expect(targetAt(drawing, 28, 2)).toBeNull()
})

test('arrow keys go to the neighbour and stop at the edge', () => {
  const from = (datum: string) => grid.targets.find((target) => target.datum === datum)!
  expect(nextTarget(grid, from('b'), 'right')?.datum).toBe('c')
  expect(nextTarget(grid, from('b'), 'down')?.datum).toBe('e')
  expect(nextTarget(grid, from('e'), 'left')?.datum).toBe('d')
  expect(nextTarget(grid, from('b'), 'up')).toBeNull()
})

test('an svg has one element for each mark, in order, with escaped text and rounded numbers', () => {
  const text = { kind: 'text' as const, x: 1 / 3, y: 10, text: 'a < b', size: 10, fill: '#000000' }
  const svg = drawingSvg({ ...grid, marks: [cross(5, 5, 2, '#ff0000', 1), text] }, '#ffffff')
  expect(svg.split('\n').slice(2, 4)).toEqual([
    '<path d="M3 3L7 7M3 7L7 3" fill="none" stroke="#ff0000" stroke-width="1"/>',
    '<text x="0.33" y="13.6" font-size="10" fill="#000000">a &lt; b</text>',
  ])
})

test.each([
  [-0.04, 1, '0.0', '+0.0'],
  [-20.84, 1, '−20.8', '−20.8'],
  [0.995, 3, '0.995', '+0.995'],
  [Number.NaN, 2, '–', '–'],
  [-Infinity, 1, '−∞', '−∞'],
])('%d with %d decimals is %s, signed %s', (value, decimals, plain, signed) => {
  expect(decimalText(value, decimals)).toBe(plain)
  expect(signedText(value, decimals)).toBe(signed)
})

test('a table as comma-separated values quotes what needs it and leaves missing values empty', () => {
  const table = {
    caption: '',
    columns: ['name', 'p, "probability"'],
    rows: [
      ['a', 0.5],
      ['b', Number.NaN],
    ],
  }
  expect(tableCsv(table)).toBe('name,"p, ""probability"""\r\na,0.5\r\nb,\r\n')
})

test('points are written as strokes without length, with the ends of squares or of discs', () => {
  const points = { kind: 'points', places: [1, 2, 3, 2], size: 2, fill: '#f00' } as const
  const written = (round: boolean) => drawingSvg({ ...grid, marks: [{ ...points, round }] }, '#fff')
  expect(written(false)).toContain('d="m4 8h0m8 0h0"')
  expect(written(false)).toContain('stroke-linecap="square"')
  expect(written(true)).toContain('stroke-linecap="round"')
})
