import { expect, test } from 'vitest'
import { tensor } from '../../src/core/tensor'
import { answersPieces } from '../../src/report/answers-json'
import { fakeModel } from '../support/fake-engine'

test('numbers of a report have six significant digits, however small or large they are', () => {
  const values = [0.123456789, -98765432.1, 1.23456789e-12, 3e-310, 0, NaN]
  const result = { probs: tensor(['example'], [values.length], Float64Array.from(values)) }
  const text = [...answersPieces({ model: fakeModel(), answers: [{ analysis: 'x', params: {}, result }] })].join('')
  const [answer] = JSON.parse(text) as [{ result: { probs: { data: unknown } } }]
  expect(answer.result.probs.data).toEqual([0.123457, -98765400, 1.23457e-12, 3e-310, 0, null])
})
