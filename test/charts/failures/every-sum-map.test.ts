import { expect, test } from 'vitest'
import type { Mark } from '../../../src/charts/drawing/drawing'
import { everySumDrawing } from '../../../src/charts/failures/every-sum-map'
import { publishedLayout } from '../../../src/core/task-layout'
import { everySum } from '../../support/every-sum'

const layout = publishedLayout(4)
const weakest = [
  { a: 3091, b: 3809, digit: 1, margin: 3.94, runnerUp: 8 },
  { a: 507, b: 3493, digit: 1, margin: 4.51, runnerUp: 8 },
  { a: 4775, b: 4215, digit: 0, margin: 4.53, runnerUp: 9 },
  { a: 2010, b: 1504, digit: 0, margin: 4.6, runnerUp: 9 },
]

/** The words on a map of so many px, with what surrounds them. */
function words(size: number, wrong: number) {
  const every = everySum(25_000_000, { weakest, wrong, smallestMargin: 3.94 })
  const input = { every, layout, scale: { low: 3, high: 10 }, measure: 'margin', range: null, pattern: null } as const
  const { marks } = everySumDrawing(
    { ...input, sum: { a: 2968, b: 1606 } },
    { width: size + 40, height: size, theme: 'light', palette: 'standard', stage: false },
  )
  return marks.filter((mark): mark is Extract<Mark, { kind: 'text' }> => mark.kind === 'text')
}

test.each([0, 12])('a small map keeps its scale beside it, with %d sums wrong', (wrong) => {
  const last = Math.max(...words(300, wrong).map(({ y }) => y))
  expect(last).toBeLessThan(300)
})

test('no word of a cell stands on another: on a small map fewer weak sums are named', () => {
  const named = (size: number) => words(size, 0).filter(({ text }) => text === 'this sum' || /\d\+\d/.test(text))
  expect(named(900).map(({ text }) => text)).toEqual([...weakest.map(name), 'this sum'])
  expect(named(300).map(({ text }) => text)).toEqual([...weakest.slice(1).map(name), 'this sum'])
})

test('a map of few pixels cuts no word of a cell off, and sets fewer digits along its sides, apart from each other', () => {
  const all = words(210, 0)
  for (const { x, text } of all.filter(({ text }) => /\d\+\d/.test(text)))
    expect(x - text.length * 3.15).toBeGreaterThan(0)
  const along = all.filter(({ text, y }) => /^\d\d$/.test(text) && y < 29).map(({ x }) => x)
  expect(along.length).toBeGreaterThan(2)
  for (const [index, x] of along.slice(1).entries()) expect(x - along[index]!).toBeGreaterThan(16)
})

function name({ a, b, margin }: (typeof weakest)[number]): string {
  return `${String(a).padStart(4, '0')}+${String(b).padStart(4, '0')} ${margin.toFixed(2)}`
}
