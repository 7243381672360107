import { InferenceSession, Tensor } from '../../../src/engine/onnxruntime'
import { expect, test } from 'vitest'
import { sumDataset } from '../../../src/core/dataset'
import { tokensOf } from '../../../src/core/tokens'
import { gradients } from '../../../src/model/autodiff/gradients'
import { forward } from '../../../src/model/graph/forward'
import { GraphContext } from '../../../src/model/graph/graph-context'
import { bakedParameters } from '../../../src/model/graph/graph-parameters'
import type { Weights } from '../../../src/model/weights'
import { GraphBuilder } from '../../../src/model/onnx/builder'
import type { Value } from '../../../src/model/onnx/value'
import { ReferenceModel } from '../../../src/model/reference-model'
import { numericalGradient, relativeError } from '../../support/numerical-gradient'
import { describeConfig, everyConfig, randomModel } from '../../support/random-model'

const size = 2

/** What attribution asks of the graph that everything runs on: d(logit) / d(activation or weight), at any hook. */
test.each(everyConfig.map((config) => [describeConfig(config), config] as const))(
  "gradients through the model's own graph equal finite differences of the oracle: %s",
  async (_, config) => {
    const model = randomModel(config)
    const positions = [config.n_ctx - 2, 2 * config.layout.operandDigits + 1]
    const tokens = tokensOf(sumDataset({ size, seed: 3 }, config.layout), config.layout)
    // onnxruntime has no error function in double precision.
    const type = config.act_fn === 'gelu' ? 'float32' : 'float64'
    const tolerance = type === 'float64' ? 1e-6 : 1e-4
    const last = config.n_layers - 1
    const hook = `blocks.${last}.attn.hook_v`
    const key = `blocks.${last}.attn.W_Q`
    const found = await graphGradients(model, positions, hook, key, tokens.data as Int32Array, type)

    const clean = await model.run(tokens, { outputs: [hook], positions })
    const valueAt = async (values: Float64Array) => {
      const shape = clean.get(hook)!.shape
      const edit = { hook, mask: { shape: shape.map(() => 1), data: Uint8Array.of(1) }, value: { shape, data: values } }
      return score(await model.run(tokens, { outputs: ['logits'], positions, edits: [edit] }))
    }
    const values = Float64Array.from(clean.get(hook)!.data)
    const some = [0, 5, 17, values.length >> 1]
    const wanted = await numericalGradient(valueAt, values, { entries: some })
    expect(
      relativeError(
        some.map((i) => found.activation[i]!),
        wanted,
      ),
    ).toBeLessThan(tolerance)

    const weightAt = async (data: Float64Array) => {
      const changed = new ReferenceModel({
        name: 'changed',
        sha256: '',
        config,
        weights: replaced(model.weights, key, data),
      })
      return score(await changed.run(tokens, { outputs: ['logits'], positions }))
    }
    const weights = Float64Array.from(model.weights.get(key)!.data)
    const entries = [0, 3, weights.length - 1]
    const slopes = await numericalGradient(weightAt, weights, { entries })
    expect(
      relativeError(
        entries.map((i) => found.weight[i]!),
        slopes,
      ),
    ).toBeLessThan(tolerance)
  },
)

/** Token 7's logit, weighted differently for each example and position so that no gradient cancels. */
function score(cache: Awaited<ReturnType<ReferenceModel['run']>>): number {
  const { data, shape } = cache.get('logits')!
  let total = 0
  for (let row = 0; row < data.length / 12; row++) total += data[row * 12 + 7]! * rowWeight(row, shape[1]!)
  return total
}

function rowWeight(row: number, positions: number): number {
  return (1 + Math.floor(row / positions)) * (row % positions === 0 ? 1 : -2)
}

/** Gradients need extents that are numbers, the batch's too. */
class FixedBatch extends GraphBuilder {
  override input(...[name, type, shape]: Parameters<GraphBuilder['input']>): Value {
    return super.input(
      name,
      type,
      shape.map((extent) => (extent === 'N' ? size : extent)),
    )
  }
}

async function graphGradients(
  model: ReferenceModel,
  positions: readonly number[],
  hook: string,
  key: string,
  tokens: Int32Array,
  type: 'float32' | 'float64',
) {
  const { config } = model
  const builder = new FixedBatch('attribution')
  const parameters = bakedParameters(builder, model.weights, type)
  const spec = { outputs: ['logits', hook], positions, type } as const
  const hooks = forward(new GraphContext(builder, config, parameters, spec))
  const logits = builder.op('Gather', [hooks.get('logits')!, builder.integers(7)], { axis: 2 })
  const byRow = Array.from({ length: size * positions.length }, (_, row) => rowWeight(row, positions.length))
  const rows = type === 'float64' ? Float64Array.from(byRow) : Float32Array.from(byRow)
  const weighted = builder.op('Mul', [logits, builder.constant([size, positions.length, 1], rows)])
  const scalar = builder.op('ReduceSum', [weighted], { keepdims: 0 })
  const [activation, weight] = gradients(builder, scalar, [hooks.get(hook)!, parameters(key)])
  builder.output(activation!, 'activation')
  builder.output(weight!, 'weight')
  const session = await InferenceSession.create(builder.build())
  const results = await session.run({ tokens: new Tensor('int32', tokens, [size, config.n_ctx]) })
  return {
    activation: results['activation']!.data as Float64Array,
    weight: results['weight']!.data as Float64Array,
  }
}

function replaced(weights: Weights, key: string, data: Float64Array): Weights {
  return new Map([...weights, [key, { ...weights.get(key)!, data }] as const])
}
