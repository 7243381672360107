import type { ModelConfig } from '../config'
import { GraphBuilder } from '../onnx/builder'
import { parameterCount, splitParameters } from './flat-parameters'
import { foldedLogits } from './folded-forward'
import { foldWeights } from './folded-weights'
import { answerLosses, answerMargins } from './loss'

/**
 * The losses of a batch and how clearly each answer digit is right. Inputs: `tokens` [batchSize, n_ctx] int32, `parameters`
 * [parameter]. Outputs, [example, digit]: `losses` in nats, and `margins`, the right digit's logit less the highest other
 * one: below 0 the digit is wrong.
 */
export function evaluationGraph(config: ModelConfig, batchSize: number): Uint8Array {
  const graph = new GraphBuilder('training-evaluation')
  const tokens = graph.input('tokens', 'int32', [batchSize, config.n_ctx])
  const parameters = graph.input('parameters', 'float32', [parameterCount(config)])
  const weights = foldWeights(graph, config, splitParameters(graph, config, parameters), config.n_ctx - 1)
  const logits = foldedLogits(graph, config, weights, tokens)
  graph.output(answerLosses(graph, config, logits, tokens), 'losses')
  graph.output(answerMargins(graph, config, logits, tokens), 'margins')
  return graph.build()
}
