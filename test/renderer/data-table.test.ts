// @vitest-environment jsdom
import { render, screen } from '@testing-library/svelte'
import { expect, test } from 'vitest'
import DataTable from '../../src/renderer/charts/DataTable.svelte'

test('a table for screen readers has five significant digits, and words for what is missing', () => {
  const rows = [
    ['p', 0.0020000000949949026, -1.2345678e-12],
    ['–', Number.NaN, Number.NEGATIVE_INFINITY],
    [4, 25_000_000, 0],
  ]
  render(DataTable, { follows: rows, table: { caption: 'Numbers', columns: ['name', 'x', 'y'], rows } })
  const texts = screen.getAllByRole('row').map((row) => Array.from(row.children, ({ textContent }) => textContent))
  expect(texts.slice(1)).toEqual([
    ['p', '0.002', '−1.2346e−12'],
    ['–', 'none', '−∞'],
    ['4', '25000000', '0'],
  ])
})
