// @vitest-environment jsdom
import { cleanup, render } from '@testing-library/svelte'
import { afterEach, expect, test } from 'vitest'
import SumDigits from '../../../src/renderer/failures/SumDigits.svelte'

afterEach(cleanup)

test.each([
  ['4624+4344', [], [['4624+4344', false]]],
  [
    '4624+4344',
    [0, 1, 8],
    [
      ['46', true],
      ['24+434', false],
      ['4', true],
    ],
  ],
  ['12', [0, 1], [['12', true]]],
] as [string, number[], [string, boolean][]][])('of %s the characters at %j are marked', (text, places, runs) => {
  const { container } = render(SumDigits, { text, marked: (place: number) => places.includes(place) })
  const shown = [...container.querySelectorAll('span')].map((run) => [run.textContent, run.matches('.marked')])
  expect(shown).toEqual(runs)
})
