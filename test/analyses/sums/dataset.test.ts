import { expect, test } from 'vitest'
import { dataset } from '../../../src/analyses/sums/dataset'
import { randomModel } from '../../support/random-model'
import { dataIn, runAnalysis, tensorIn } from '../../support/run-analysis'

test('tokens, text and columns are those of the same sums', async () => {
  const result = await runAnalysis(dataset, randomModel(), { dataset: { size: 50, seed: 1 } })
  const tokens = tensorIn(result, 'tokens')
  const names = '0123456789+='
  const text = Array.from({ length: 50 }, (_, example) =>
    Array.from(tokens.data.slice(example * 14, example * 14 + 14), (id) => names[id]).join(''),
  )
  expect(result['text']).toEqual(text)
  const classes = (result['patterns'] as readonly string[]).join('')
  expect(Array.from(classes, (name) => 'KPG'.indexOf(name))).toEqual(dataIn(result, 'columnClass'))
  const carryOut = dataIn(result, 'carryOut')
  Array.from(classes).forEach((name, index) => {
    if (name !== 'P') expect(carryOut[index]).toBe(name === 'G' ? 1 : 0)
  })
})

test('a subset is the part of the whole that matches, in its order', async () => {
  const text = async (subset: string) =>
    (await runAnalysis(dataset, randomModel(), { dataset: { size: 80, seed: 1 }, subset }))['text'] as readonly string[]
  const [all, some, others] = [await text('all'), await text('carries'), await text('non-carries')]
  expect(all.filter((line) => some.includes(line))).toEqual(some)
  expect(some.length + others.length).toBe(80)
})
