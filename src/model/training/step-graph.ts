import { gradients } from '../autodiff/gradients'
import type { ModelConfig } from '../config'
import { GraphBuilder } from '../onnx/builder'
import type { Value } from '../onnx/value'
import { type AdamOptions, adamUpdate } from './adam'
import { joinParameters, parameterCount, splitParameters } from './flat-parameters'
import { foldedLogits } from './folded-forward'
import { foldWeights } from './folded-weights'
import { answerLosses } from './loss'

type FloatType = 'float32' | 'float64'

/**
 * One training step as an ONNX graph. Inputs: `tokens` [batchSize, n_ctx] int32; `parameters`, `mean`, `square`
 * [parameter]; `stepSize`, `correction` (see `AdamRates`). Outputs: `loss`, and under `next.…` the new state.
 */
export function stepGraph(config: ModelConfig, batchSize: number, adam: AdamOptions): Uint8Array {
  const graph = new GraphBuilder('training-step')
  const { parameters, loss, gradient } = lossAndGradient(graph, config, batchSize, 'float32')
  const [mean, square] = ['mean', 'square'].map((name) => graph.input(name, 'float32', parameters.shape))
  const [stepSize, correction] = ['stepSize', 'correction'].map((name) => graph.input(name, 'float32', []))
  const state = { parameters, mean: mean!, square: square! }
  const next = adamUpdate(graph, state, gradient, { stepSize: stepSize!, correction: correction! }, adam)
  graph.output(loss, 'loss')
  for (const [name, value] of Object.entries(next) as [string, Value][]) graph.output(value, `next.${name}`)
  return graph.build()
}

/** The loss and its flat gradient alone: inputs `tokens` and `parameters`, outputs `loss` and `gradient`. */
export function gradientGraph(config: ModelConfig, batchSize: number, type: FloatType): Uint8Array {
  const graph = new GraphBuilder('training-gradient')
  const { loss, gradient } = lossAndGradient(graph, config, batchSize, type)
  graph.output(loss, 'loss')
  graph.output(gradient, 'gradient')
  return graph.build()
}

function lossAndGradient(graph: GraphBuilder, config: ModelConfig, batchSize: number, type: FloatType) {
  const tokens = graph.input('tokens', 'int32', [batchSize, config.n_ctx])
  const parameters = graph.input('parameters', type, [parameterCount(config)])
  const weights = splitParameters(graph, config, parameters)
  const positions = config.n_ctx - 1
  const logits = foldedLogits(graph, config, foldWeights(graph, config, weights, positions), tokens)
  const losses = answerLosses(graph, config, logits, tokens)
  const loss = graph.op('ReduceMean', [losses], { keepdims: 0 })
  return { parameters, loss, gradient: joinParameters(graph, gradients(graph, loss, [...weights.values()])) }
}
