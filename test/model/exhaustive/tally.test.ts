import fc from 'fast-check'
import { expect, test } from 'vitest'
import { columnPattern } from '../../../src/core/columns'
import { publishedLayout } from '../../../src/core/task-layout'
import { type Evaluation, mergeEvaluations } from '../../../src/model/exhaustive/evaluation'
import { Tally } from '../../../src/model/exhaustive/tally'

interface Scored {
  readonly a: number
  readonly b: number
  readonly losses: readonly number[]
  readonly margins: readonly number[]
}

const perDigit = (value: fc.Arbitrary<number>) => fc.array(value, { minLength: 3, maxLength: 3 })
/** Without -0, which Math.min takes for less than 0. */
const anyMargin = fc.double({ min: -3, max: 9, noNaN: true }).map((value) => value + 0)
const scored = fc.record({
  a: fc.nat(499),
  b: fc.nat(499),
  losses: perDigit(fc.double({ min: 0, max: 9, noNaN: true })),
  margins: perDigit(anyMargin),
})

function tallied(sums: readonly Scored[]): Evaluation {
  const tally = new Tally(publishedLayout(3))
  const wrong = sums.flatMap(({ a, b, losses, margins }) => {
    const margin = tally.add(a, b, losses, margins, 0, (digit) => digit + 1)
    return margin <= 0 ? [{ a, b, predicted: '000', margin }] : []
  })
  return tally.evaluation(wrong)
}

const mean = (values: readonly number[]) => values.reduce((total, value) => total + value, 0) / values.length

test('a tally reports what counting by hand does', () => {
  fc.assert(
    fc.property(fc.array(scored, { minLength: 1 }), (sums) => {
      const evaluation = tallied(sums)
      const isWrong = ({ margins }: Scored) => margins.some((margin) => margin <= 0)
      expect(evaluation.n).toBe(sums.length)
      expect(evaluation.wrong).toBe(sums.filter(isWrong).length)
      expect(evaluation.exactMatch).toBeCloseTo(1 - evaluation.wrong / sums.length, 12)
      expect(evaluation.loss).toBeCloseTo(mean(sums.flatMap(({ losses }) => losses)), 9)
      expect(evaluation.smallestMargin).toBe(Math.min(...sums.flatMap(({ margins }) => margins)))
      for (let digit = 0; digit < 3; digit++) {
        expect(evaluation.lossPerDigit[digit]).toBeCloseTo(mean(sums.map(({ losses }) => losses[digit]!)), 9)
        expect(evaluation.wrongPerDigit[digit]).toBe(sums.filter(({ margins }) => margins[digit]! <= 0).length)
      }
      const smallest = sums.map(({ margins }) => Math.min(...margins))
      const ascending = smallest.toSorted((one, other) => one - other)
      const bin = (margin: number) => Math.floor(4 * (margin + 10))
      for (let index = 0; index < 160; index++)
        expect(evaluation.marginHistogram[index]).toBe(smallest.filter((margin) => bin(margin) === index).length)
      expect(evaluation.weakest.map(({ margin }) => margin)).toEqual(ascending)
      for (const { digit, margin, runnerUp } of evaluation.weakest) {
        expect(runnerUp).toBe(digit + 1)
        expect(smallest).toContain(margin)
      }
      for (const [cell, n] of evaluation.byPrefix.n.data.entries()) {
        const here = sums.filter(({ a, b }) => Math.floor(a / 10) * 50 + Math.floor(b / 10) === cell)
        expect(n).toBe(here.length)
        expect(evaluation.byPrefix.wrong.data[cell]).toBe(here.filter(isWrong).length)
        const least = here.length === 0 ? NaN : Math.min(...here.flatMap(({ margins }) => margins))
        expect(evaluation.byPrefix.marginMin.data[cell]).toBe(least)
      }
      const names = new Set(sums.map((sum) => columnPattern(sum, publishedLayout(3))))
      expect(new Set(Object.keys(evaluation.patterns))).toEqual(names)
      for (const name of names) {
        const here = sums.filter((sum) => columnPattern(sum, publishedLayout(3)) === name)
        expect(evaluation.patterns[name]!.n).toBe(here.length)
        const margins = here.map((sum) => Math.min(...sum.margins)).toSorted((one, other) => one - other)
        const median = margins[Math.ceil(margins.length / 2) - 1]!
        expect(Math.abs(evaluation.patterns[name]!.marginMedian - median)).toBeLessThanOrEqual(0.25)
        expect(evaluation.patterns[name]!.wrong).toBe(here.filter(isWrong).length)
        expect(evaluation.patterns[name]!.loss).toBeCloseTo(mean(here.flatMap(({ losses }) => losses)), 9)
        expect(evaluation.patterns[name]!.marginMin).toBe(Math.min(...here.flatMap(({ margins }) => margins)))
      }
    }),
  )
})

test('a group of ten sums counts as they do one by one', () => {
  const layout = publishedLayout(3)
  const stride = 4
  // Margins as the kernel has them; among them some that are no numbers, and so low that exp of them is not finite.
  const margin = fc.oneof(fc.float({ min: -3, max: 9, noNaN: true }), fc.constantFrom(NaN, -Infinity, -800, 0))
  const groups = fc.array(
    fc.record({
      a: fc.nat(499),
      tens: fc.nat(49),
      margins: fc.array(margin, { minLength: 10 * stride, maxLength: 10 * stride }),
    }),
    { minLength: 1, maxLength: 20 },
  )
  fc.assert(
    fc.property(groups, (some) => {
      const [together, apart] = [new Tally(layout), new Tally(layout)]
      const runnerUp = (index: number) => index % 12
      for (const { a, tens, margins } of some) {
        const rows = [...Array(10).keys()].map((sum) => margins.slice(sum * stride, sum * stride + 3))
        const losses = rows.map((row) => row.map((one) => 1 + Math.abs(one) / 10))
        const ofDigit = [0, 1, 2].map((digit) => losses.map((row) => row[digit]!))
        const total = (values: readonly number[]) => values.reduce((sum, value) => sum + value, 0)
        const isAnyWrong = together.addGroup(
          a,
          10 * tens,
          {
            smallest: Float32Array.from(rows, (row) => Math.min(...row)),
            losses: Float64Array.from(losses.flatMap((row) => [total(row) - Math.log(2), 2])),
            digitLosses: Float64Array.from([...ofDigit.map((each) => total(each) - Math.log(3)), 0, 3, 3, 3, 1]),
            margins: Float32Array.from(margins),
            stride,
          },
          runnerUp,
        )
        const smallest = rows.map((row, sum) =>
          apart.add(a, 10 * tens + sum, losses[sum]!, row, 0, (digit) => runnerUp(sum * stride + digit)),
        )
        expect(isAnyWrong).toBe(smallest.some((one) => one <= 0))
      }
      expect(rounded(together.evaluation([]))).toEqual(rounded(apart.evaluation([])))
    }),
  )
})

test('parts merge to the whole, in whatever order they come', () => {
  fc.assert(
    fc.property(fc.array(fc.array(scored, { minLength: 1 }), { minLength: 1, maxLength: 5 }), (parts) => {
      const whole = tallied(parts.flat().toSorted((one, other) => one.a - other.a || one.b - other.b))
      const merged = mergeEvaluations(parts.toReversed().map(tallied))
      expect(rounded({ ...merged, wrongSums: [] })).toEqual(rounded({ ...whole, wrongSums: [] }))
      expect(merged.wrongSums.map(({ a, b }) => [a, b])).toEqual(whole.wrongSums.map(({ a, b }) => [a, b]))
    }),
  )
})

test('the 1000 weakest sums stay, in order, however many there are', () => {
  const sums = Array.from({ length: 4500 }, (_, index) => {
    const margin = ((index * 7919) % 4500) / 500
    return { a: Math.floor(index / 500), b: index % 500, losses: [0, 0, 0], margins: [9, margin, 9] }
  })
  const margins = Array.from({ length: 1000 }, (_, index) => index / 500)
  for (const evaluation of [tallied(sums), mergeEvaluations([tallied(sums.slice(0, 2400)), tallied(sums.slice(2400))])])
    expect(evaluation.weakest.map(({ margin }) => margin)).toEqual(margins)
})

test('a margin that is not a number counts as wrong', () => {
  expect(tallied([{ a: 1, b: 2, losses: [NaN, 0, 0], margins: [NaN, 1, 1] }])).toMatchObject({
    wrong: 1,
    wrongPerDigit: [1, 0, 0],
    smallestMargin: -Infinity,
  })
})

/** Sums in another order differ in the last bits. */
function rounded(evaluation: Evaluation): unknown {
  return JSON.parse(
    JSON.stringify(evaluation, (_, value: unknown) =>
      typeof value === 'number' ? Number(value.toPrecision(9)) : value,
    ),
  )
}
