import { expect, test } from 'vitest'
import { flipped, presetsOf, withPreset } from '../../src/renderer/state/switches'
import { newAnalysis, type AnalysisState } from '../../src/session/session'
import { fakeModel } from '../support/fake-engine'
import { publishedLayout } from '../../src/core/task-layout'

const head = { layer: 0, head: 2 }
const analysis = newAnalysis([2, 9, 6, 8, 1, 6, 0, 6])
const after = (interventions: AnalysisState['interventions']): AnalysisState => ({ ...analysis, interventions })

test('a switch cuts as the Replace row says, and flipping it again makes the head whole', () => {
  const cut = flipped(analysis, head, 'result', publishedLayout(4))
  expect(cut).toEqual([{ site: 'result', layer: 0, head: 2, mode: 'mean', positions: 'all' }])
  expect(flipped(after(cut), head, 'result', publishedLayout(4))).toEqual([])
})

test('flipping one switch leaves the others as they are', () => {
  const both = flipped(after(flipped(analysis, head, 'q', publishedLayout(4))), head, 'k', publishedLayout(4))
  expect(flipped(after(both), head, 'q', publishedLayout(4))).toEqual([both[1]])
})

test('a patch carries its donor; without a usable one the sentence says what to write', () => {
  const patch = (donor: string) => ({ ...analysis, replace: { ...analysis.replace, mode: 'patch' as const, donor } })
  expect(flipped(patch('1234+4321'), head, 'v', publishedLayout(4))[0]).toMatchObject({
    mode: 'patch',
    donor: { a: 1234, b: 4321 },
  })
  expect(() => flipped(patch('12+4321'), head, 'v', publishedLayout(4))).toThrow(
    '"12" in the sum "12+4321" has 2 digits where 4 are wanted',
  )
})

test.each([
  [1, 1],
  [2, 3],
  [4, 8],
])('presets of %i layers and %i heads name each set once and only heads that exist', (n_layers, n_heads) => {
  const presets = presetsOf(fakeModel({ n_layers, n_heads }).config, { layer: 0, head: n_heads - 1 })
  expect(new Set(presets.map(({ label }) => label)).size).toBe(presets.length)
  for (const { heads } of presets) {
    expect(heads.length).toBeGreaterThan(0)
    for (const each of heads) expect(each.layer < n_layers && each.head < n_heads).toBe(true)
  }
})

test('a preset takes the place of what was at its switches', () => {
  const before = after([{ site: 'q', layer: 0, head: 0, mode: 'zero', positions: [3] }])
  const [allQ] = presetsOf(fakeModel().config, head)
  const cuts = withPreset(before, allQ!, publishedLayout(4))
  expect(cuts.map(({ site, head: index, mode }) => `${site}${index} ${mode}`)).toEqual([
    'q0 mean',
    'q1 mean',
    'q2 mean',
  ])
})
