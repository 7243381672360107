import { anySum, fc } from '../support/arbitraries'
import { expect, test } from 'vitest'
import { columnPattern, columnsOf, hasCarry } from '../../src/core/columns'
import { digitsOf } from '../../src/core/tokens'
import { publishedLayout } from '../../src/core/task-layout'

test('digits plus carry in is answer digit plus ten times carry out, in every column', () => {
  fc.assert(
    fc.property(anySum, ({ sum, numDigits }) => {
      const { carryIn, carryOut } = columnsOf(sum, publishedLayout(numDigits))
      const [a, b, c] = [sum.a, sum.b, sum.a + sum.b].map((number) => digitsOf(number, numDigits))
      for (let column = 0; column < numDigits; column++) {
        expect(a![column]! + b![column]! + Number(carryIn[column])).toBe(c![column]! + 10 * Number(carryOut[column]))
        expect(carryIn[column]).toBe(carryOut[column + 1] ?? false)
      }
    }),
  )
})

test('a cascade ends, through propagate columns only, at a generate column', () => {
  fc.assert(
    fc.property(anySum, ({ sum, numDigits }) => {
      const { classes, carryIn, cascade } = columnsOf(sum, publishedLayout(numDigits))
      carryIn.forEach((carries, column) => {
        if (!carries) expect(cascade[column]).toBe(0)
        else {
          const passed = classes.slice(column + 1, column + 1 + cascade[column]!)
          expect(passed.every((name) => name === 'P')).toBe(true)
          expect(classes[column + 1 + cascade[column]!]).toBe('G')
        }
      })
    }),
  )
})

test('some column carries exactly where one generates', () => {
  fc.assert(
    fc.property(anySum, ({ sum, numDigits }) => {
      expect(hasCarry(sum, publishedLayout(numDigits))).toBe(
        columnsOf(sum, publishedLayout(numDigits)).carryOut.includes(true),
      )
    }),
  )
})

test('patterns have the thousands first', () => {
  expect(columnPattern({ a: 999, b: 1 }, publishedLayout(4))).toBe('KPPG')
  expect(columnsOf({ a: 999, b: 1 }, publishedLayout(4)).cascade).toEqual([2, 1, 0, 0])
  expect(columnPattern({ a: 755, b: 1844 }, publishedLayout(4))).toBe('KGPP')
})
