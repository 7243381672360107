import { expect, test } from 'vitest'
import fc from 'fast-check'
import { parseSum } from '../../src/core/sum-text'
import { publishedLayout } from '../../src/core/task-layout'
import { parseSession, readSession } from '../../src/session/session-text'
import { defaultView, digitsOfSum, newAnalysis, sumOfDigits, type Session } from '../../src/session/session'

const session: Session = {
  version: 1,
  modelPath: '/models/sum.pt',
  layout: null,
  model: { name: 'sum.pt', sha256: 'ab'.repeat(32) },
  pins: { a: { name: 'before', analysis: newAnalysis([1, 2, 3, 4, 4, 3, 2, 1]) }, b: null },
  analysis: {
    ...newAnalysis([2, 9, null, 8, 1, 6, 0, 6]),
    interventions: [
      { site: 'result', layer: 0, head: 2, positions: 'all', mode: 'mean' },
      { site: 'q', layer: 1, head: 0, positions: [9, 10], mode: 'patch', donor: { a: 1234, b: 4321 } },
      { site: 'k', layer: 1, head: 1, positions: [3], mode: 'resample', seed: 7 },
    ],
  },
  view: { ...defaultView, theme: 'dark', stage: true, workspace: 'weights', parts: { head: 'H0.1' } },
}

test('a session comes back from its own JSON as it was, gaps and donors included', () => {
  expect(parseSession(JSON.stringify(session))).toEqual(session)
})

test('a session saved before there were workspaces opens in Explore', () => {
  const { workspace: _, parts: __, published: ___, labSection: ____, ...view } = session.view
  expect(parseSession(JSON.stringify({ ...session, view }))).toEqual({
    ...session,
    view: { ...view, workspace: 'explore', labSection: 'bench', parts: {}, published: [] },
  })
})

test.each([
  ['nothing saved', null],
  ['half a file', JSON.stringify(session).slice(0, -20)],
  ['another version', JSON.stringify({ ...session, version: 2 })],
  ['an unknown field', JSON.stringify({ ...session, extra: 1 })],
  ['a digit above 9', JSON.stringify({ ...session, analysis: { ...session.analysis, digits: [10, 0, 0, 0] } })],
  [
    'operands of different length',
    JSON.stringify({ ...session, analysis: { ...session.analysis, digits: [1, 2, 3, 4, 5] } }),
  ],
])('%s is no session', (_, json) => {
  expect(parseSession(json)).toBeNull()
})

test('a session of a newer version is told apart from one that is spoilt', () => {
  const refusal = (value: unknown) => () => readSession(JSON.stringify(value), 'talk.json')
  expect(refusal({ ...session, version: 2, more: 'than this version knows' })).toThrow(
    'talk.json was saved by a newer Carryscope (session version 2, and this one reads up to 1): open it there, or update this one.',
  )
  expect(refusal({ ...session, version: undefined })).toThrow('it has no version number')
  expect(refusal([1])).toThrow('it has no version number')
  expect(refusal({ ...session, analysis: { ...session.analysis, focus: 'C1' } })).toThrow('"analysis.focus"')
  expect(() => readSession('{', 'talk.json')).toThrow('it is not JSON')
})

test('the digits of a sum spell that sum again, at every number of digits', () => {
  fc.assert(
    fc.property(fc.integer({ min: 2, max: 6 }), fc.nat(), fc.nat(), (numDigits, first, second) => {
      const limit = 10 ** numDigits / 2
      const sum = { a: first % limit, b: second % limit }
      expect(sumOfDigits(digitsOfSum(sum, publishedLayout(numDigits)), publishedLayout(numDigits))).toEqual(sum)
    }),
  )
})

test('digits are a sum exactly where their text is one', () => {
  const digit = fc.option(fc.integer({ min: 0, max: 9 }))
  fc.assert(
    fc.property(fc.array(digit, { minLength: 8, maxLength: 8 }), (digits) => {
      const text = digits.map((each) => each ?? '').join('')
      const whole = !digits.includes(null)
      const read = () => parseSum(`${text.slice(0, 4)}+${text.slice(4)}`, publishedLayout(4))
      const sum = sumOfDigits(digits, publishedLayout(4))
      if (sum) expect(read()).toEqual(sum)
      else if (whole) expect(read).toThrow('out of range')
    }),
  )
})
