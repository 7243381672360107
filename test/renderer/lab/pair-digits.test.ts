import fc from 'fast-check'
import { expect, test } from 'vitest'
import { answerDigitsOf } from '../../../src/core/tokens'
import { publishedLayout, symbolTexts } from '../../../src/core/task-layout'
import { tensor } from '../../../src/core/tensor'
import { observedDigits, outcomeOf, pairDigits, type ObservedDigit } from '../../../src/renderer/lab/pair-digits'
import { verdictOf } from '../../../src/renderer/lab/verdict'
import { sumOf } from '../../support/arbitraries'
import { predictedRun, row } from '../../support/small-run'

const layout = publishedLayout(4)
const recipient = { a: 2968, b: 1606 }
const donor = { a: 1863, b: 888 }
const anyDigits = fc.array(fc.nat(9), { minLength: 4, maxLength: 4 })
const anyMoves = fc.subarray([0, 1, 2, 3])

/** What a run that says these digits comes to. */
function seen(digits: readonly number[], pair = pairDigits(recipient, donor, [1], layout)): readonly ObservedDigit[] {
  const run = predictedRun(digits.map((digit) => row({ [digit]: 0.9 })))
  const labels = { vocab: symbolTexts }
  const probs = tensor(['digit', 'vocab'], [4, 12], run.probs.data, { labels })
  return observedDigits({ probs, predicted: digits }, pair)
}

test('the prediction gives the donor’s carry to the digits that it may move in, and changes nothing else', () => {
  const pair = pairDigits(recipient, donor, [1], layout)
  expect(pair.map(({ own }) => own)).toEqual([4, 5, 7, 4])
  expect(pair.map(({ predicted }) => predicted)).toEqual([4, 6, 7, 4])
  expect(pair.map(({ addition }) => addition)).toEqual(['', '9+6+1', '', ''])
  expect(pair[1]).toMatchObject({ ownCarry: false, donorCarry: true })
})

test('a pair’s own digits are the answers, and a digit whose carry is the same moves to itself', () => {
  fc.assert(
    fc.property(sumOf(4), sumOf(4), anyMoves, (sum, other, moves) => {
      const pair = pairDigits(sum, other, moves, layout)
      expect(pair.map(({ own }) => own)).toEqual(answerDigitsOf(sum, layout))
      expect(pair.map((digit) => digit.donor)).toEqual(answerDigitsOf(other, layout))
      for (const { digit, own, moved, predicted, ownCarry, donorCarry } of pair) {
        expect(moved === own).toBe(ownCarry === donorCarry)
        expect(predicted).toBe(moves.includes(digit) ? moved : own)
      }
    }),
  )
})

test('the first outcome that fits counts: a digit that is both the donor’s and moved is moved', () => {
  const both = { digit: 0, own: 4, moved: 5, donor: 5, predicted: 4, addition: '', ownCarry: false, donorCarry: true }
  expect([4, 5, 6].map((digit) => outcomeOf(digit, both))).toEqual(['own', 'moved', 'other'])
  expect(outcomeOf(3, { ...both, donor: 3 })).toBe('donor')
  expect(outcomeOf(11, both)).toBe('other')
})

test('the verdict of the drawn pair: what moved as predicted, what did not stay, and the rest', () => {
  const pair = pairDigits(recipient, donor, [1], layout)
  expect(verdictOf(pair, seen([4, 6, 8, 4])).map(({ text }) => text)).toEqual([
    'C1 follows the donor’s carry, 5 → 6, as predicted.',
    '✕ C2 does not stay: 7 → 8.',
    'C0 and C3 keep their own digits.',
  ])
  expect(verdictOf(pair, seen([4, 5, 7, 4])).map(({ tone, text }) => [tone, text])).toEqual([
    ['plain', 'C1 keeps its own 5, where 6 was predicted.'],
    ['plain', 'C0, C2 and C3 keep their own digits.'],
  ])
  expect(verdictOf(pair, seen([4, 9, 7, 4]))[0]).toEqual({
    tone: 'bad',
    text: '✕ C1 becomes 9, a digit that no carry explains, where 6 was predicted.',
  })
})

test('a carry that follows where it was not predicted to is said to, and is no mistake', () => {
  const pair = pairDigits(recipient, donor, [0], layout)
  expect(verdictOf(pair, seen([4, 6, 7, 4], pair))[1]).toEqual({
    tone: 'moved',
    text: '⇄ C1 follows the donor’s carry too, 5 → 6, which was not predicted.',
  })
})

test('a digit that is as wrong without the transplant is not said to be the transplant’s doing', () => {
  const pair = pairDigits(recipient, donor, [1], layout)
  const said = (before: string, after: number[]) =>
    verdictOf(pair, seen(after), Array.from(before)).map(({ tone, text }) => [tone, text])
  expect(said('3877', [3, 8, 7, 7])).toEqual([
    ['bad', '✕ C1 is 8 without the transplant too, where 6 was predicted.'],
    ['plain', 'C0 and C3 are wrong without the transplant too.'],
    ['plain', 'C2 keeps its own digit.'],
  ])
  expect(said('4674', [3, 6, 7, 4])).toEqual([
    ['plain', 'C1 is 6 as predicted, but without the transplant too.'],
    ['bad', '✕ C0 does not stay: 4 → 3.'],
    ['plain', 'C2 and C3 keep their own digits.'],
  ])
  expect(said('4575', [4, 6, 7, 5])[1]).toEqual(['plain', 'C3 is wrong without the transplant too.'])
})

test('no digit of a verdict comes from anywhere but the run and the arithmetic, and every digit is told of once', () => {
  fc.assert(
    fc.property(sumOf(4), sumOf(4), anyMoves, anyDigits, (sum, other, moves, answered) => {
      const pair = pairDigits(sum, other, moves, layout)
      const parts = verdictOf(pair, seen(answered, pair))
      const told: string[] = []
      for (const { text } of parts) {
        const names = text.match(/C\d/g) ?? []
        told.push(...names)
        const mentioned = (text.replaceAll(/C\d/g, '').match(/\d/g) ?? []).map(Number)
        if (names.length !== 1) continue
        const at = Number(names[0].slice(1))
        for (const digit of mentioned) expect([pair[at]!.own, pair[at]!.predicted, answered[at]]).toContain(digit)
      }
      expect(told.toSorted()).toEqual(['C0', 'C1', 'C2', 'C3'])
    }),
  )
})
