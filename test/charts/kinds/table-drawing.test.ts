import { expect, test } from 'vitest'
import { cellText } from '../../../src/charts/drawing/cell-text'
import { commaCsv, tableCsv, type Table } from '../../../src/charts/drawing/table'
import { tableDrawing } from '../../../src/charts/kinds/table-drawing'
import { expectPicture, pictureOf } from '../../support/golden-picture'
import { display } from '../../support/small-run'

const columns = ['class', 'n', 'loss', 'exact match']
const units = ['', 'sums', 'nats', 'share']
const tables: Readonly<Record<string, Table>> = {
  ordinary: {
    caption: 'Scores',
    columns,
    units,
    rows: [
      ['KGKG', 101, 0.0078123, 1],
      ['KPGK, "hard"', 7, 12.5, 0.25],
    ],
  },
  'all-zero': { caption: 'Scores', columns, units, rows: [['KKKK', 0, 0, 0]] },
  'all-negative': {
    caption: 'Scores',
    columns: ['head', 'loss'],
    rows: [
      ['H0.0', -0.125],
      ['H0.1', -1234.5],
    ],
  },
  missing: { caption: 'Scores', columns, units, rows: [['KKKK', 0, NaN, NaN]] },
}

test.each(Object.entries(tables))('the picture table-%s', (name, table) => {
  expectPicture(`table-${name}`, pictureOf(tableDrawing(table, display)))
})

test('a long table is cut, and says by how many rows', () => {
  const rows = Array.from({ length: 75 }, (_, index) => [`H${index}`, index])
  const { marks } = tableDrawing({ caption: 'Long', columns: ['head', 'loss'], rows }, display)
  const texts = marks.flatMap((mark) => (mark.kind === 'text' ? [mark.text] : []))
  expect(texts.filter((text) => text.startsWith('H'))).toHaveLength(60)
  expect(texts.at(-1)).toBe('and 15 more rows')
})

test('CSV names each column with its unit, quotes what needs it and leaves out what is missing', () => {
  expect(tableCsv(tables['ordinary']!, 'never used')).toBe(
    'class,n [sums],loss [nats],exact match [share]\r\nKGKG,101,0.0078123,1\r\n"KPGK, ""hard""",7,12.5,0.25\r\n',
  )
  expect(tableCsv(tables['missing']!)).toBe('class,n [sums],loss [nats],exact match [share]\r\nKKKK,0,,\r\n')
})

test('CSV for spreadsheets has semicolons and decimal commas, and quotes what holds a semicolon, not a comma', () => {
  const table = { caption: '', columns: ['class', 'loss'], rows: [['a, b', -0.5] as const, ['a; b', 1.5e-7] as const] }
  expect(tableCsv(table, 'nats', commaCsv)).toBe('class;loss [nats]\r\na, b;-0,5\r\n"a; b";1,5e-7\r\n')
})

test('an infinite value in CSV is inf, which readers of numbers take for one', () => {
  const table = { caption: '', columns: ['x'], rows: [[Infinity] as const, [-Infinity] as const, [NaN] as const] }
  expect(tableCsv(table)).toBe('x\r\ninf\r\n-inf\r\n\r\n')
})

test('a table that names no units has the figure’s in all columns of numbers', () => {
  expect(tableCsv(tables['all-negative']!, 'nats')).toBe('head,loss [nats]\r\nH0.0,-0.125\r\nH0.1,-1234.5\r\n')
})

test('a cell is told in its column’s unit, or in its row’s, and never as zero when it is not', () => {
  const told = (value: number, unit: string) =>
    cellText({ caption: '', columns: ['is'], units: [unit], rows: [[value]] }, 0, 0)
  expect([1, 0.99996, 0.0505, 0].map((value) => told(value, 'share'))).toEqual(['100 %', '100.0 %', '5.1 %', '0.0 %'])
  expect([31.64, 1.211e-5, 0].map((value) => told(value, 'nats'))).toEqual(['31.64', '1.2e−5', '0'])
  expect([0.99998, 2.3e-55, 0].map((value) => told(value, 'probability'))).toEqual(['1.0000', '2.3e−55', '0.0000'])
  expect([1000, -3, NaN].map((value) => told(value, 'sums'))).toEqual(['1000', '−3', '–'])
  const rows = { caption: '', columns: ['', 'is'], units: ['', ''], rowUnits: ['share'], rows: [['right', 0.5]] }
  expect([cellText(rows, 0, 0), cellText(rows, 0, 1)]).toEqual(['right', '50.0 %'])
})
