import { afterAll, describe, expect, test } from 'vitest'
import { answerPositions } from '../../../src/core/positions'
import { OnnxModel } from '../../../src/engine/onnx-model'
import { dlaComponents } from '../../../src/model/graph/dla-tensor'
import type { ModelConfig } from '../../../src/model/config'
import type { Edit } from '../../../src/model/model'
import { largestDifference } from '../../support/compare'
import { randomEdits, randomTokens } from '../../support/random-edits'
import { describeConfig, everyConfig, randomModel } from '../../support/random-model'

const examples = 3
const shapes = everyConfig.map((config) => ({ config, title: describeConfig(config) }))

describe.each(shapes)('the dla output of $title', ({ config }) => {
  const oracle = randomModel(config)
  const onnx = new OnnxModel(oracle)
  const tokens = randomTokens(config, examples, 5)
  const answer = answerPositions(config.layout)
  const heads = Array.from({ length: config.n_layers }, (_, layer) => `blocks.${layer}.attn.hook_z`)
  const edits = randomEdits(config, heads, { examples, seed: 3 })
  afterAll(() => onnx.dispose())

  test.each([{ edits: [] }, { edits }])(
    'closes to the logits, clean and intervened',
    async ({ edits }: { edits: Edit[] }) => {
      const found = await onnx.run(tokens, { outputs: ['dla'], edits })
      const logits = (await oracle.run(tokens, { outputs: ['logits'], edits })).get('logits')!
      const total = sumOverComponents(config, found.get('dla')!.data)
      expect(largestDifference(total, digitsAtAnswer(config, logits.data, answer))).toBeLessThan(3e-4)
    },
  )

  test('gives each head what its result, read out alone, adds in float64', async () => {
    const scale = config.normalization_type === null ? [] : ['ln_final.hook_scale']
    const outputs = [...heads.map((hook) => hook.replace('hook_z', 'hook_result')), ...scale]
    const cache = await oracle.run(tokens, { outputs })
    const dla = (await onnx.run(tokens, { outputs: ['dla'] })).get('dla')!
    const components = dlaComponents(config)
    const width = answer.length * 10
    for (let layer = 0; layer < config.n_layers; layer++)
      for (let head = 0; head < config.n_heads; head++)
        for (let example = 0; example < examples; example++) {
          const component = components.indexOf(`H${layer}.${head}`)
          const found = dla.data.subarray(
            (example * components.length + component) * width,
            (example * components.length + component + 1) * width,
          )
          const expected = answer.flatMap((position) => {
            const row = example * config.n_ctx + position
            const result = cache.get(outputs[layer]!)!.data.subarray((row * config.n_heads + head) * config.d_model)
            return readOut(config, result.subarray(0, config.d_model), cache.get('ln_final.hook_scale')?.data[row] ?? 1)
          })
          expect(largestDifference(found, expected), `H${layer}.${head}`).toBeLessThan(3e-4)
        }
  })

  test('is the same through hook_result and at the answer positions alone', async () => {
    const plain = (await onnx.run(tokens, { outputs: ['dla'] })).get('dla')!
    const results = heads.map((hook) => hook.replace('hook_z', 'hook_result'))
    const through = (await onnx.run(tokens, { outputs: ['dla', ...results] })).get('dla')!
    const narrowed = (await onnx.run(tokens, { outputs: ['dla'], positions: answer })).get('dla')!
    expect(largestDifference(plain.data, through.data)).toBeLessThan(1e-4)
    expect(largestDifference(plain.data, narrowed.data)).toBeLessThan(1e-4)
    expect(narrowed.labels).toEqual(plain.labels)
  })

  /** ((x - mean) / scale * w) @ W_U for the ten digits, in float64. */
  function readOut({ d_model, normalization_type }: ModelConfig, x: ArrayLike<number>, scale: number): number[] {
    const W_U = oracle.weights.get('unembed.W_U')!.data
    const w = oracle.weights.get('ln_final.w')?.data ?? new Float64Array(d_model).fill(1)
    const sum = Array.from(x).reduce((total, value) => total + value, 0)
    const mean = normalization_type?.startsWith('LN') ? sum / d_model : 0
    return Array.from({ length: 10 }, (_, logit) =>
      Array.from(x).reduce((total, value, m) => total + ((value - mean) / scale) * w[m]! * W_U[m * 12 + logit]!, 0),
    )
  }
})

/** dla [example, component, digit, logit] summed over the components. */
function sumOverComponents(config: ModelConfig, dla: ArrayLike<number>): Float64Array {
  const width = config.layout.answerDigits * 10
  const components = dlaComponents(config).length
  const total = new Float64Array(examples * width)
  for (let index = 0; index < dla.length; index++)
    total[Math.floor(index / (components * width)) * width + (index % width)]! += dla[index]!
  return total
}

/** logits [example, position, vocab] at the answer positions, the ten digits only. */
function digitsAtAnswer(config: ModelConfig, logits: ArrayLike<number>, answer: readonly number[]): number[] {
  return Array.from({ length: examples }, (_, example) =>
    answer.map((position) =>
      Array.from({ length: 10 }, (_, logit) => logits[(example * config.n_ctx + position) * 12 + logit]!),
    ),
  ).flat(2)
}
