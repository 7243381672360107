import { expect, test } from 'vitest'
import { publishedLayout } from '../../../src/core/task-layout'
import { decodeState, encodeState } from '../../../src/engine/training/state-file'
import { writeSafetensors } from '../../../src/model/files/safetensors-writer'
import { parameterCount } from '../../../src/model/training/flat-parameters'
import { presetRecipe } from '../../../src/model/training/presets'

const recipe = presetRecipe('reference', {
  layout: publishedLayout(2),
  layers: 1,
  heads: 1,
  dModel: 4,
  dHead: 2,
  steps: 100,
  interval: 10,
})
const count = parameterCount(recipe.config)
const vector = (value = 0.5, length = count) => new Float32Array(length).fill(value)
const saved = {
  state: { step: 40, parameters: vector(), mean: vector(), square: vector() },
  best: { step: 30, loss: 0.25 },
  seconds: 12,
}

test('a state is read as it was written', () => {
  expect(decodeState('s', encodeState(saved), recipe)).toEqual(saved)
})

const withState = (change: Partial<typeof saved.state>, best = saved.best) =>
  encodeState({ ...saved, state: { ...saved.state, ...change }, best })

test.each([
  ['another model', withState({ parameters: vector(0, count - 1) }), `has no "parameters" of ${count} F32 numbers`],
  ['an infinite weight', withState({ parameters: vector(Infinity) }), 'holds Infinity in "parameters"'],
  ['a negative square', withState({ square: vector(-1) }), 'holds -1 in "square"'],
  ['half a step', withState({ step: 40.5 }), 'says that it stands at step 40.5 of 100'],
  ['a step beyond the last', withState({ step: 101 }), 'says that it stands at step 101 of 100'],
  ['a best step to come', withState({}, { step: 50, loss: 1 }), 'the best at step 50'],
  ['no state', writeSafetensors([]), 'has no "progress" of 4 F64 numbers'],
])('%s is refused', (_, bytes, fault) => {
  expect(() => decodeState('s', bytes, recipe)).toThrow(fault)
})
