import { expect, test } from 'vitest'
import { columnsOf } from '../../../src/core/columns'
import { sumDataset } from '../../../src/core/dataset'
import { publishedLayout } from '../../../src/core/task-layout'
import { tensor } from '../../../src/core/tensor'
import { aloneOf, bestSite, painted, pairProblem, toggled, transplantsOf } from '../../../src/renderer/lab/sites'
import { otherCarryDonor } from '../../../src/renderer/state/lab-donor'
import { siteNote } from '../../../src/renderer/lab/site-note'
import { fakeModel } from '../../support/fake-engine'

const layout = publishedLayout(4)
const site = (layer: number, head: number, position: number) => ({ layer, head, position })
const b3 = site(0, 2, 8)
const b2 = site(0, 2, 7)

/** A map in which one site moves a digit, at a price. */
function mapWith(index: number, digit: number, moved: number, own = 1) {
  const shape = [2, 3, 14, 4]
  const data = new Float64Array(2 * 3 * 14 * 4)
  data[index * 4 + digit] = moved
  const kept = new Float64Array(data.length).fill(1)
  kept[index * 4 + 3] = own
  const dims = ['layer', 'head', 'position', 'digit'] as const
  return {
    moved: tensor(dims, shape, data),
    own: tensor(dims, shape, kept),
    n: tensor(['group', 'digit'], [2, 4], new Int32Array(8)),
  }
}

test('a site is taken and left, and a drag takes or leaves all that it crosses', () => {
  expect(toggled([b3], b2)).toEqual([b3, b2])
  expect(toggled([b3, b2], b3)).toEqual([b2])
  expect(painted([b3], [b3, b2, b2], true)).toEqual([b3, b2, b2].slice(0, 2))
  expect(painted([b3, b2], [b2, site(0, 0, 0)], false)).toEqual([b3])
})

test('positions of one head are patched together, in order, from the donor', () => {
  const donor = { a: 1863, b: 888 }
  expect(transplantsOf([b3, site(1, 0, 9), b2], 'z', donor)).toEqual([
    { site: 'z', layer: 0, head: 2, positions: [7, 8], mode: 'patch', donor },
    { site: 'z', layer: 1, head: 0, positions: [9], mode: 'patch', donor },
  ])
})

test('the site that moves a digit the most is found where it is, and none where nothing moves', () => {
  const index = (0 * 3 + 2) * 14 + 8
  expect(bestSite(mapWith(index, 2, 0.9), 2)).toEqual(b3)
  expect(bestSite(mapWith(index, 2, 0.9), 1)).toBeNull()
  expect(aloneOf(mapWith(index, 2, 0.9, 0.75), b3)[2]).toEqual({ digit: 2, moved: 0.9, broken: 0 })
  const note = siteNote(b3, aloneOf(mapWith(index, 2, 0.9, 0.75), b3), 'result', fakeModel().config)
  expect(note).toEqual({
    subject: 'H0.2 @ B3',
    lines: [
      { label: 'alone', value: 'C2 90 % moved' },
      { label: 'breaks', value: 'C3 25 %' },
    ],
    hook: 'blocks.0.attn.hook_result[8, 2]',
  })
})

test('a donor is drawn whose carry into the digit is another; into the last, where nothing carries, another sum', () => {
  const sums = sumDataset({ size: 1000, seed: 42 }, layout)
  const sum = { a: 2968, b: 1606 }
  for (const digit of [0, 1, 2]) {
    const donor = otherCarryDonor(sums, sum, digit, layout)!
    expect(columnsOf(donor, layout).carryIn[digit]).not.toBe(columnsOf(sum, layout).carryIn[digit])
    expect(
      sums
        .slice(0, sums.indexOf(donor))
        .every((other) => columnsOf(other, layout).carryIn[digit] === columnsOf(sum, layout).carryIn[digit]),
    ).toBe(true)
  }
  expect(otherCarryDonor([sum, { a: 1, b: 2 }], sum, 3, layout)).toEqual({ a: 1, b: 2 })
  expect(otherCarryDonor([sum], sum, 1, layout)).toBeNull()
})

test('a pair with nothing to compare says so in one sentence', () => {
  const sum = { a: 1, b: 2 }
  expect(pairProblem(null, sum, layout)).toBe('The sum is not complete: type its digits first.')
  expect(pairProblem(sum, null, layout)).toContain('The donor is not complete')
  expect(pairProblem(sum, { a: 1, b: 2 }, layout)).toBe('Donor and sum are the same: nothing would move.')
  expect(pairProblem(sum, { a: 2, b: 1 }, layout)).toBeNull()
})
