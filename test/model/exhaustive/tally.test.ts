import fc from 'fast-check'
import { expect, test } from 'vitest'
import { columnPattern } from '../../../src/core/columns'
import { type Evaluation, mergeEvaluations } from '../../../src/model/exhaustive/evaluation'
import { Tally } from '../../../src/model/exhaustive/tally'

interface Scored {
  readonly a: number
  readonly b: number
  readonly losses: readonly number[]
  readonly margins: readonly number[]
}

const perDigit = (value: fc.Arbitrary<number>) => fc.array(value, { minLength: 3, maxLength: 3 })
const scored = fc.record({
  a: fc.nat(499),
  b: fc.nat(499),
  losses: perDigit(fc.double({ min: 0, max: 9, noNaN: true })),
  margins: perDigit(fc.double({ min: -3, max: 9, noNaN: true })),
})

function tallied(sums: readonly Scored[]): Evaluation {
  const tally = new Tally(3)
  const wrong = sums.flatMap(({ a, b, losses, margins }) => {
    const margin = tally.add(a, b, losses, margins, 0)
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
      const names = new Set(sums.map((sum) => columnPattern(sum, 3)))
      expect(new Set(Object.keys(evaluation.patterns))).toEqual(names)
      for (const name of names) {
        const here = sums.filter((sum) => columnPattern(sum, 3) === name)
        expect(evaluation.patterns[name]!.n).toBe(here.length)
        expect(evaluation.patterns[name]!.wrong).toBe(here.filter(isWrong).length)
        expect(evaluation.patterns[name]!.loss).toBeCloseTo(mean(here.flatMap(({ losses }) => losses)), 9)
        expect(evaluation.patterns[name]!.smallestMargin).toBe(Math.min(...here.flatMap(({ margins }) => margins)))
      }
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
