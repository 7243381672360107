import { expect, test } from 'vitest'
import { arrowPlotDrawing, type ArrowPlot } from '../../../src/charts/kinds/arrow-plot'
import { namedEntries, spreadOut } from '../../../src/charts/drawing/axis-names'
import { barRowsDrawing, type BarRows } from '../../../src/charts/kinds/bar-rows'
import { beside } from '../../../src/charts/drawing/beside'
import { digitPlaneDrawing, type DigitPlane } from '../../../src/charts/weights/digit-plane'
import { targetAt } from '../../../src/charts/drawing/drawing'
import { cellsOf, matrixTable, type MatrixCell } from '../../../src/charts/kinds/matrix-cell'
import { matrixMapDrawing, type MatrixMap } from '../../../src/charts/kinds/matrix-map'
import { boxOf, middleOf } from '../../../src/charts/drawing/navigation'
import { rowNormsDrawing, type RowNorms } from '../../../src/charts/weights/row-norms'
import { expectPicture, pictureOf } from '../../support/golden-picture'
import { display } from '../../support/small-run'

const columns = ['0', '1', '2']

/** `count` rows of three entries. */
function matrixOf(count: number, value: (index: number) => number, change: Partial<MatrixMap<MatrixCell>> = {}) {
  const names = Array.from({ length: count }, (_, row) => String(row))
  const data = Float64Array.from({ length: 3 * count }, (_, index) => value(index))
  return {
    rows: { title: 'd_model', names },
    columns: { title: 'digit', names: columns },
    cells: cellsOf({ data }, names, columns),
    limit: 6,
    ...change,
  } satisfies MatrixMap<MatrixCell>
}

const marked = { title: 'd_model', names: Array.from({ length: 30 }, (_, row) => String(row)), marked: [7, 8, 20] }

test.each([
  ['matrix-figures', matrixOf(3, (index) => index - 4, { figures: 'signed' })],
  ['matrix-marked', matrixOf(30, (index) => ((index * 7) % 13) - 6, { rows: marked })],
  ['matrix-magnitudes', matrixOf(2, (index) => index, { figures: 'plain', magnitudes: true, chosen: 4 })],
  ['matrix-all-zero', matrixOf(2, () => 0, { figures: 'signed' })],
  ['matrix-all-negative', matrixOf(2, (index) => -1 - index, { figures: 'signed' })],
  ['matrix-missing', matrixOf(3, (index) => (index % 4 === 0 ? NaN : 2))],
  ['matrix-one-row', matrixOf(1, (index) => index)],
])('the picture %s', (name, map) => {
  expectPicture(name, pictureOf(matrixMapDrawing(map, display)))
})

test('a cell answers with its row, column and value, also where it is a sliver', () => {
  const picture = matrixMapDrawing(
    matrixOf(100, (index) => index / 10),
    display,
  )
  const cell = picture.targets.find(({ datum }) => datum.row === '63' && datum.column === '2')!
  const { x, y } = middleOf(cell)
  expect(targetAt(picture, x, y)!.datum).toEqual({ row: '63', column: '2', value: 19.1 })
  expect(matrixTable('numbers', 'row', matrixOf(2, (index) => index).cells, columns).rows).toEqual([
    ['0', 0, 1, 2],
    ['1', 3, 4, 5],
  ])
})

test.each([
  ['norms-ordinary', matrixOf(12, (index) => (index % 9) - 4), (row: number) => (row === 5 ? 9 : 1)],
  ['norms-none-significant', matrixOf(4, (index) => index - 6), (row: number) => row],
  ['norms-all-zero', matrixOf(3, () => 0), () => 0],
  ['norms-missing', matrixOf(3, () => NaN), () => NaN],
])('the picture %s', (name, map, norm) => {
  const norms = map.rows.names.map((_, row) => norm(row))
  const significant = norms.flatMap((length, row) => (length > 5 ? [row] : []))
  const input: RowNorms<MatrixCell> = {
    map: { ...map, rows: { ...map.rows, marked: significant } },
    norms,
    threshold: { norm: 5, name: '5 × median' },
    significant,
    datum: (row) => ({ row: String(row), column: '', value: norms[row]! }),
  }
  expectPicture(name, pictureOf(rowNormsDrawing(input, display)))
})

function arrowsOf(count: number, magnitude: (index: number) => number, form?: 'tip'): ArrowPlot<number> {
  const arrows = Array.from({ length: count }, (_, index) => ({
    name: form ? '' : String(index),
    magnitude: magnitude(index),
    phase: (index * 2 * Math.PI) / count,
    color: '#0b736e',
    ...(form && { form }),
    datum: index,
  }))
  return { arrows, limit: 10, unit: 'logits' }
}

const close = arrowsOf(5, () => 8).arrows.map((arrow) => ({ ...arrow, phase: arrow.phase / 20 }))
const answer = [
  { ...close[0]!, form: 'aim', name: '' },
  { ...close[1]!, form: 'bold', phase: 2 },
] as const

test.each([
  ['arrows-ordinary', arrowsOf(6, (index) => 2 + index)],
  ['arrows-close', { ...arrowsOf(1, () => 1), arrows: close }],
  ['arrows-answer', { ...arrowsOf(1, () => 1), arrows: answer }],
  ['arrows-tips', arrowsOf(12, (index) => index, 'tip')],
  ['arrows-all-zero', arrowsOf(3, () => 0)],
  ['arrows-missing', arrowsOf(3, (index) => (index === 1 ? NaN : 5))],
  ['arrows-one', arrowsOf(1, () => 10)],
])('the picture %s', (name, plot) => {
  expectPicture(name, pictureOf(arrowPlotDrawing(plot, display)))
})

test('an arrow answers along its whole length, beside another picture too', () => {
  const plot = arrowsOf(4, () => 10)
  const picture = beside(
    (left) => arrowPlotDrawing(plot, left),
    (right) => arrowPlotDrawing(plot, right),
    0.5,
    display,
  )
  for (const target of picture.targets) {
    const { stroke, datum } = target
    const [x1, y1, x2, y2] = stroke!
    expect(targetAt(picture, (x1 + 3 * x2) / 4, (y1 + 3 * y2) / 4)?.datum).toBe(datum)
    expect(middleOf({ ...boxOf(target), datum })).toEqual({ x: x2, y: y2 })
  }
  expect(picture.targets).toHaveLength(8)
  expectPicture('arrows-beside', pictureOf(picture))
})

function bars(rows: number, value: (index: number) => number, change: Partial<BarRows<number>> = {}): BarRows<number> {
  const names = Array.from({ length: 6 }, (_, index) => String(index))
  return {
    rows: Array.from({ length: rows }, (_, row) => ({
      name: rows > 1 ? `direction ${row + 1}` : '',
      bars: names.map((_, index) => ({ value: value(row * 6 + index), datum: row * 6 + index })),
    })),
    names,
    title: 'd_model',
    ...change,
  }
}

test.each([
  ['bars-numbers', bars(1, (index) => 6 - index, { decimals: 1, marked: [0, 1] })],
  ['bars-two-rows', bars(2, (index) => index - 5, { marked: [2] })],
  ['bars-all-zero', bars(1, () => 0, { decimals: 1 })],
  ['bars-all-negative', bars(1, (index) => -1 - index)],
  ['bars-missing', bars(1, (index) => (index < 3 ? NaN : index), { decimals: 1 })],
])('the picture %s', (name, input) => {
  expectPicture(name, pictureOf(barRowsDrawing(input, display)))
})

function digitsAt(radius: (digit: number) => number): DigitPlane {
  const points = Array.from({ length: 10 }, (_, digit) => {
    const angle = (digit * 2 * Math.PI) / 10
    return { digit, x: radius(digit) * Math.cos(angle), y: radius(digit) * Math.sin(angle) }
  })
  return { points, axes: ['direction 1', 'direction 2'] }
}

test.each([
  ['plane-circle', digitsAt(() => 3)],
  ['plane-all-zero', digitsAt(() => 0)],
  ['plane-missing', digitsAt((digit) => (digit === 4 ? NaN : 1 + digit / 10))],
])('the picture %s', (name, input) => {
  expectPicture(name, pictureOf(digitPlaneDrawing(input, display)))
})

test('names keep their distance, and a marked entry is always named', () => {
  expect(namedEntries(5, 20, 11)).toEqual([0, 1, 2, 3, 4])
  expect(namedEntries(10, 6, 11)).toEqual([0, 2, 4, 6, 8])
  expect(namedEntries(10, 6, 11, [3, 4])).toEqual([0, 3, 4, 6, 8])
  expect(namedEntries(1000, 0.1, 11)).toEqual([0, 200, 400, 600, 800])
})

test('places are moved apart, no further than they must be, and not past the end', () => {
  expect(spreadOut([10, 40], 11, 100)).toEqual([10, 40])
  expect(spreadOut([10, 12, 40], 11, 100)).toEqual([10, 21, 40])
  expect(spreadOut([90, 95, 98], 11, 100)).toEqual([78, 89, 100])
})
