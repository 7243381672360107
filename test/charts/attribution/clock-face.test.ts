import { expect, test } from 'vitest'
import { clockChain, degreesOf, type ClockChain } from '../../../src/charts/attribution/clock-chain'
import { clockFaceIn } from '../../../src/charts/attribution/clock-face-figure'
import { clockDrawing, clockNote, clockTable } from '../../../src/charts/attribution/clock-face'
import type { Drawing } from '../../../src/charts/drawing/drawing'
import type { ClockInput } from '../../../src/charts/attribution/clock-input'
import { clockFit, onPicture } from '../../../src/charts/attribution/clock-fit'
import { decisionSectors } from '../../../src/charts/attribution/decision-sectors'
import { readoutPlane, type Point } from '../../../src/charts/attribution/readout-plane'
import { matrix } from '../../../src/core/matrix'
import { publishedLayout } from '../../../src/core/task-layout'
import { singularValues } from '../../../src/core/singular-values'
import { tensor } from '../../../src/core/tensor'
import { fc } from '../../support/arbitraries'
import { expectPicture, pictureOf } from '../../support/golden-picture'
import { attributedRun, display, ten } from '../../support/small-run'

const place = { ...display, width: 414, height: 246 }

/** A W_U that reads an angle: column d points at 36 d degrees, along the first two of four dimensions. */
const angle = (digit: number) => (digit * Math.PI) / 5
const circle = tensor(
  ['d_model', 'vocab'],
  [4, 12],
  Float64Array.from({ length: 48 }, (_, at) => {
    const [dimension, digit] = [Math.floor(at / 12), at % 12]
    if (digit > 9) return 0
    return [2 * Math.cos(angle(digit)), Math.sin(angle(digit)), -2 * Math.cos(angle(digit)), -Math.sin(angle(digit))][
      dimension
    ]!
  }),
)
const ones = tensor(['d_model'], [4], new Float64Array(4).fill(1))
const plane = readoutPlane(circle, ones)

/** The logits of a point of the plane. */
const logitsOf = ({ x, y }: Point) => plane.digits.map((digit) => digit.x * x + digit.y * y)
const steps: Record<string, Point> = {
  embed: { x: 1, y: 0 },
  'H0.0': { x: 0, y: 2 },
  'H1.2': { x: -3, y: 1 },
  b_O: { x: 0.5, y: 0 },
}
const parts = Object.fromEntries(Object.entries(steps).map(([name, step]) => [name, logitsOf(step)]))

function chainOf(given: Record<string, readonly number[]>): ClockChain {
  return clockChain(attributedRun(given).attribution, 0, plane)
}

function input(clean: ClockChain, now: ClockChain, intervened = true): ClockInput {
  return { clean: { chain: clean, answer: 4 }, now: { chain: now, answer: 1 }, intervened, truth: 4, plane }
}

test.each([
  ['clock-ordinary', parts, { ...parts, 'H1.2': logitsOf({ x: 2, y: -1 }) }],
  ['clock-all-zero', { embed: ten(() => 0) }, { embed: ten(() => 0) }],
  ['clock-one-part', { 'H0.0': logitsOf({ x: -2, y: -1 }) }, { 'H0.0': logitsOf({ x: 1, y: 0 }) }],
  ['clock-missing', { embed: ten(() => Number.NaN) }, { embed: ten(() => Number.NaN) }],
])('the picture %s', (name, clean: Record<string, readonly number[]>, now: Record<string, readonly number[]>) => {
  const chains = [chainOf(clean), chainOf(now)] as const
  const fit = clockFit(chains, place, null)
  expectPicture(name, pictureOf(clockDrawing(input(...chains), fit, place)))
})

test('arrows stand tail to head and end where all parts together point', () => {
  const chain = chainOf({ ...parts, b_U: ten(() => 7) })
  expect(chain.arrows.map((arrow) => arrow.component)).toEqual(['embed', 'H0.0', 'H1.2', 'b_O'])
  chain.arrows.slice(1).forEach((arrow, index) => expect(arrow.from).toEqual(chain.arrows[index]!.to))
  const together = plane.point(ten((digit) => Object.values(parts).reduce((sum, logits) => sum + logits[digit]!, 0)))
  expect(chain.end.x).toBeCloseTo(together.x, 9)
  expect(chain.end.y).toBeCloseTo(together.y, 9)
  expect(chain.end.x).toBeCloseTo(-1.5, 9)
  expect(chain.end.y).toBeCloseTo(3, 9)
  expect(degreesOf(chain.end)).toBe(117)
})

test('a vector’s point from its logits is its projection on W_U’s left singular vectors', () => {
  fc.assert(
    fc.property(fc.array(fc.double({ min: -5, max: 5, noNaN: true }), { minLength: 64, maxLength: 64 }), (entries) => {
      const W_U = tensor(['d_model', 'vocab'], [5, 12], Float64Array.from(entries.slice(0, 60)))
      const free = tensor(['d_model'], [5], new Float64Array(5).fill(1))
      const vector = [...entries.slice(60), 1]
      const columns = Array.from({ length: 10 }, (_, digit) =>
        Array.from({ length: 5 }, (__, row) => W_U.data[row * 12 + digit]!),
      )
      const centred = columns.map((column) => column.map((entry) => entry - column.reduce((a, b) => a + b) / 5))
      const logits = centred.map((column) => column.reduce((sum, entry, row) => sum + entry * vector[row]!, 0))
      const { leftVectors, values } = singularValues(
        matrix(
          5,
          10,
          Array.from({ length: 50 }, (_, at) => centred[at % 10]![Math.floor(at / 10)]!),
        ),
      )
      fc.pre(values[1]! > 1e-3)
      const along = (axis: number) =>
        vector.reduce((sum, entry, row) => sum + entry * leftVectors.data[row * leftVectors.columns + axis]!, 0)
      const point = readoutPlane(W_U, free).point(logits)
      expect(point.x).toBeCloseTo(along(0), 6)
      expect(point.y).toBeCloseTo(along(1), 6)
    }),
  )
})

test('in every direction the sector’s digit has the largest logit, and the sectors fill the circle', () => {
  const coordinate = fc.integer({ min: -10, max: 10 })
  const point = fc.record({ x: coordinate, y: coordinate })
  fc.assert(
    fc.property(fc.array(point, { minLength: 10, maxLength: 10 }), (digits) => {
      const sectors = decisionSectors(digits)
      fc.pre(sectors.length > 0)
      expect(sectors.reduce((sum, { from, to }) => sum + to - from, 0)).toBeCloseTo(2 * Math.PI, 6)
      for (const { digit, from, to } of sectors) {
        const middle = (from + to) / 2
        const logits = digits.map(({ x, y }) => x * Math.cos(middle) + y * Math.sin(middle))
        expect(logits[digit]).toBeCloseTo(Math.max(...logits), 6)
      }
    }),
  )
})

test('the plane keeps its place while the chains stay in the box, and moves when they leave it', () => {
  const small = chainOf({ embed: logitsOf({ x: 2, y: 1 }) })
  const first = clockFit([small, small], place, null)
  expect(clockFit([small, chainOf({ embed: logitsOf({ x: 1.5, y: 0 }) })], place, first)).toBe(first)
  const large = chainOf({ embed: logitsOf({ x: 40, y: 0 }) })
  const second = clockFit([small, large], place, first)
  expect(second).not.toBe(first)
  const { x } = onPicture(large.end, second)
  expect(x).toBeLessThan(place.width)
})

test('both axes have one scale, and up is up', () => {
  const chain = chainOf(parts)
  const fit = clockFit([chain, chain], place, null)
  const [origin, right, up] = [
    { x: 0, y: 0 },
    { x: 1, y: 0 },
    { x: 0, y: 1 },
  ].map((point) => onPicture(point, fit))
  expect(right!.x - origin!.x).toBeCloseTo(origin!.y - up!.y, 9)
  expect(right!.y).toBe(origin!.y)
})

test('a note gives an arrow’s angle and length, and the table ends with the sum', () => {
  const chain = chainOf(parts)
  expect(clockNote({ run: 'clean', arrow: chain.arrows[1]! })).toMatchObject({
    subject: 'H0.0',
    hook: 'blocks.0.attn.hook_result[0]',
  })
  expect(clockNote({ run: 'clean', arrow: chain.arrows[1]! }).lines[0]!.value).toBe('90°, length 2.00')
  const last = clockTable(input(chain, chain), 1).rows.at(-1)!
  expect(last[0]).toBe('sum')
  expect(last[1]).toBeCloseTo(-1.5, 9)
})

test('an arrow that ends in another digit’s sector is not said to point at the answer, and the plane says how much it holds', () => {
  const chain = chainOf(parts)
  const fit = clockFit([chain, chain], place, null)
  const words = (answer: number) => {
    const run = { chain, answer }
    const shown = clockDrawing({ ...input(chain, chain, false), clean: run, now: run }, fit, place)
    return shown.marks.flatMap((mark) => (mark.kind === 'text' ? [mark.text] : []))
  }
  const pointedAt = plane.digits.map(({ x, y }) => x * chain.end.x + y * chain.end.y)
  const digit = pointedAt.indexOf(Math.max(...pointedAt))
  expect(words(digit).find((text) => text.includes('°'))).toMatch(new RegExp(`^\\d+°, [\\d.]+ → ${digit}$`))
  const other = (digit + 1) % 10
  expect(words(other).find((text) => text.includes('°'))).toMatch(new RegExp(`, in ${digit} → ${other}$`))
  expect(words(digit)).toContain('which holds 100 % of W_U')
})

test('the figure is of the outputs’ answer, beside the clean run where that is known, and stays in its place', () => {
  const figure = clockFaceIn(plane)
  const one = Float64Array.from({ length: 12 }, (_, token) => Number(token === 1))
  const logits = tensor(['digit', 'vocab'], [1, 12], one)
  const cutParts = { ...parts, 'H1.2': logitsOf({ x: 2, y: -1 }) }
  const chains = [chainOf(parts), chainOf(cutParts)] as const
  const resultOf = (given: typeof parts) => ({ attribution: attributedRun(given).attribution, logits })
  const [clean, cut] = [resultOf(parts), resultOf(cutParts)]
  const show = (result: typeof clean, around: { clean?: typeof clean } = {}) =>
    figure.show({ result, params: { sum: { a: 2, b: 2 } }, part: 'C0', layout: publishedLayout(1), ...around })
  const both = show(cut, { clean })
  const expected = { ...input(...chains), clean: { chain: chains[0], answer: 1 } }
  expect(both.label).toMatch(/^Clock face, C0: /)
  expect(both.table).toEqual(clockTable(expected, 0))
  expect(show(clean).table.columns).toEqual(['component', 'clean 1', 'clean 2'])
  expect(show(clean, { clean }).table).toEqual(show(clean).table)
  expect(show(clean).finding).toMatch(/^At C0 all parts add up to 117°, 3\.35.* → 1\.$/)
  const first = both.draw!(place) as Drawing<unknown>
  expect(first).toEqual(clockDrawing(expected, clockFit(chains, place, null), place))
  const ring = ({ marks }: Drawing<unknown>) => marks.find(({ kind }) => kind === 'circle')
  expect(ring(show(clean).draw!(place) as Drawing<unknown>)).toEqual(ring(first))
})
