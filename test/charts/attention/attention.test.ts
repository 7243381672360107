import { expect, test } from 'vitest'
import {
  attentionCells,
  attentionDrawing,
  attentionNote,
  attentionTable,
} from '../../../src/charts/attention/attention'
import { unitColor } from '../../../src/charts/drawing/palette'
import { tensor } from '../../../src/core/tensor'
import { expectPicture, pictureOf } from '../../support/golden-picture'
import { display } from '../../support/small-run'
import { publishedLayout } from '../../../src/core/task-layout'

/** Two heads of a two-digit model; the second looks evenly at all that it can see. */
const input = {
  pattern: tensor(
    ['layer', 'head', 'query', 'key'],
    [1, 2, 8, 8],
    Float64Array.from({ length: 128 }, (_, index) => {
      const [head, query, key] = [Math.floor(index / 64), Math.floor(index / 8) % 8, index % 8]
      if (key > query) return Number.NaN
      return head === 1 ? 1 / (query + 1) : Number(key === 0)
    }),
  ),
  layer: 0,
  head: 1,
  layout: publishedLayout(2),
}

test('the picture attention-ordinary', () => {
  expectPicture('attention-ordinary', pictureOf(attentionDrawing(input, display)))
})

test('there is a cell for each key that a query can see, in the colour of its attention', () => {
  const { marks, targets } = attentionDrawing(input, display)
  expect(targets).toHaveLength(36)
  for (const { x, y, datum } of targets) {
    const cell = marks.find((mark) => mark.kind === 'rect' && mark.x === x && mark.y === y)
    expect(cell).toMatchObject({ fill: unitColor(datum.attention, display) })
  }
  const place = { query: 'C1', key: 'C1', from: 'C1 · p7', to: 'C1 · p7' }
  expect(attentionCells(input).at(-1)).toEqual({ layer: 0, head: 1, ...place, attention: 1 / 8 })
})

test('the hatching stays above the staircase of cells', () => {
  const { marks, targets } = attentionDrawing(input, display)
  const inside = (x: number, y: number) =>
    targets.some((cell) => x > cell.x && x < cell.x + cell.width && y > cell.y && y < cell.y + cell.height)
  // The first mark: everything else lies over it.
  const strokes = marks[0]?.kind === 'lines' ? marks[0].paths : []
  expect(strokes.length).toBeGreaterThan(8)
  for (const [x1, y1, x2, y2] of strokes)
    for (let share = 0.02; share < 1; share += 0.02)
      expect(inside(x1! + share * (x2! - x1!), y1! + share * (y2! - y1!))).toBe(false)
})

test('a note names destination and source, and the table has every cell', () => {
  expect(attentionNote(attentionCells(input)[2]!)).toEqual({
    subject: 'H0.1: A1 · p1 → A1 · p1',
    lines: [{ label: 'attention', value: '0.500' }],
    hook: 'blocks.0.attn.hook_pattern[1]',
  })
  expect(attentionTable(input).rows).toHaveLength(36)
  expect(attentionTable(input).rows.at(-2)).toEqual(['C1 · p7', 'C0 · p6, predicts C1', 1 / 8])
})
