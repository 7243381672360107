import { InferenceSession, Tensor } from '../../../src/engine/onnxruntime'
import { expect, test } from 'vitest'
import { sumDataset } from '../../../src/core/dataset'
import { sizeOf } from '../../../src/core/tensor'
import { tokensOf } from '../../../src/core/tokens'
import { publishedLayout } from '../../../src/core/task-layout'
import type { ModelConfig } from '../../../src/model/config'
import { parametersOf } from '../../../src/model/parameters'
import { randomWeights } from '../../../src/model/random-weights'
import { evaluationGraph } from '../../../src/model/training/evaluation-graph'
import { flatten, parameterCount } from '../../../src/model/training/flat-parameters'
import { isMergedCheaper } from '../../../src/model/training/merged-attention'
import { gradientGraph, stepGraph } from '../../../src/model/training/step-graph'
import { numericalGradient, relativeError } from '../../support/numerical-gradient'
import { oracleLoss } from '../../support/oracle-loss'
import { blockConfigs, describeConfig, fiveConfigs, randomModel, smallConfig } from '../../support/random-model'

const trainable = [
  ...fiveConfigs.map((config): ModelConfig => ({ ...config, normalization_type: 'LN' })),
  ...blockConfigs,
]

test.each(trainable.map((config) => [describeConfig(config), config] as const))(
  'loss and gradient of every parameter equal finite differences of the oracle: %s',
  async (_, config) => {
    const batchSize = 3
    const tokens = tokensOf(sumDataset({ size: batchSize, seed: 3 }, config.layout), config.layout)
    const flat = Float64Array.from(flatten(config, randomWeights(config, 5)))
    // onnxruntime has no error function in double precision.
    const type = config.act_fn === 'gelu' ? 'float32' : 'float64'
    const tolerance = type === 'float64' ? 1e-6 : 1e-4
    const session = await InferenceSession.create(gradientGraph(config, batchSize, type))
    const results = await session.run({
      tokens: new Tensor('int32', tokens.data as Int32Array, tokens.shape),
      parameters: new Tensor(type, type === 'float64' ? flat : Float32Array.from(flat), [flat.length]),
    })
    const gradient = results['gradient']!.data as Float64Array
    const f = (at: Float64Array) => oracleLoss(config, at, tokens)
    expect((results['loss']!.data as Float64Array)[0]).toBeCloseTo(await f(flat), type === 'float64' ? 8 : 5)
    const entries = someOfEachParameter(config)
    const wanted = await numericalGradient(f, flat, { entries })
    const found = entries.map((entry) => gradient[entry]!)
    // Relative to the whole gradient, and for each parameter by itself where it has a slope at all.
    expect(relativeError(found, wanted)).toBeLessThan(tolerance)
    wanted.forEach((slope, i) => {
      if (type === 'float64' && Math.abs(slope) > 1e-5) expect(Math.abs(found[i]! / slope - 1)).toBeLessThan(1e-4)
    })
  },
)

test('among these models the last layer attends in both of its ways', () => {
  const ways = trainable
    .filter(({ n_layers }) => n_layers > 1)
    .map((config) => isMergedCheaper(config, config.layout.answerDigits, config.n_ctx - 1))
  expect(new Set(ways)).toEqual(new Set([true, false]))
})

test("one step is Adam's: mean and square of the gradient, and a step of the learning rate", async () => {
  const config = smallConfig({ numDigits: 2 })
  const size = parameterCount(config)
  const tokens = tokensOf(sumDataset({ size: 4, seed: 3 }, publishedLayout(2)), publishedLayout(2))
  const flat = flatten(config, randomWeights(config, 5))
  const given = {
    tokens: new Tensor('int32', tokens.data as Int32Array, tokens.shape),
    parameters: new Tensor('float32', flat, [size]),
  }
  const gradients = await (await InferenceSession.create(gradientGraph(config, 4, 'float32'))).run(given)
  const slope = gradients['gradient']!.data as Float32Array
  const adam = { beta1: 0.9, beta2: 0.999, epsilon: 1e-8, weightDecay: 0.1 }
  const step = await InferenceSession.create(stepGraph(config, 4, adam))
  const zeros = () => new Tensor('float32', new Float32Array(size), [size])
  const scalar = (value: number) => new Tensor('float32', Float32Array.of(value), [])
  // The first step with learning rate 0.01: the moments' bias corrections are 1 / 0.1 and 1 / sqrt(0.001).
  const rates = { stepSize: scalar(0.01 / 0.1), correction: scalar(1 / Math.sqrt(0.001)) }
  const results = await step.run({ ...given, ...rates, mean: zeros(), square: zeros() })
  const [parameters, mean, square] = ['parameters', 'mean', 'square'].map((name) => results[`next.${name}`]!.data)
  for (let i = 0; i < size; i++) {
    const decayed = slope[i]! + 0.1 * flat[i]!
    expect(mean![i]).toBeCloseTo(0.1 * decayed, 6)
    expect(square![i]).toBeCloseTo(0.001 * decayed ** 2, 6)
    if (Math.abs(decayed) > 1e-4) expect(parameters![i]).toBeCloseTo(flat[i]! - 0.01 * Math.sign(decayed), 5)
  }
})

test('margins are the distance of the right digit from the best other one', async () => {
  const config = smallConfig()
  const model = randomModel(config)
  const tokens = tokensOf(sumDataset({ size: 4, seed: 3 }, publishedLayout(4)), publishedLayout(4))
  const session = await InferenceSession.create(evaluationGraph(config, 4))
  const flat = flatten(config, model.weights)
  const { losses, margins } = await session.run({
    tokens: new Tensor('int32', tokens.data as Int32Array, tokens.shape),
    parameters: new Tensor('float32', flat, [flat.length]),
  })
  const cache = await model.run(tokens, { outputs: ['logits'], positions: [9, 10, 11, 12] })
  const logits = cache.get('logits')!.data
  for (let row = 0; row < 16; row++) {
    const scores = Array.from(logits.subarray(row * 12, row * 12 + 12))
    const answer = tokens.data[Math.floor(row / 4) * 14 + 10 + (row % 4)]!
    const best = Math.max(...scores.filter((_, token) => token !== answer))
    expect(margins!.data[row]).toBeCloseTo(scores[answer]! - best, 4)
    expect(losses!.data[row]).toBeCloseTo(Math.log(scores.reduce((z, x) => z + Math.exp(x), 0)) - scores[answer]!, 4)
  }
})

/** Up to three entries of every parameter, evenly spread. */
function someOfEachParameter(config: ModelConfig): number[] {
  let offset = 0
  return parametersOf(config).flatMap(({ shape }) => {
    const size = sizeOf(shape)
    const start = offset
    offset += size
    const count = Math.min(3, size)
    return Array.from({ length: count }, (_, i) => start + Math.floor(((i + 0.5) * size) / count))
  })
}
