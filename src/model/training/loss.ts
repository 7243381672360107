import { equalsPosition } from '../../core/positions'
import type { ModelConfig } from '../config'
import type { GraphBuilder } from '../onnx/builder'
import type { Value } from '../onnx/value'

/** Negative log-likelihood of the right answer digits [example, digit] in nats, from logits [example, digit, vocab]. */
export function answerLosses(graph: GraphBuilder, config: ModelConfig, logits: Value, tokens: Value): Value {
  const zero = graph.scalar(0, logits.type as 'float32' | 'float64')
  const likelihoods = graph.op('LogSoftmax', [logits], { axis: -1 })
  const chosen = graph.op('Where', [isAnswer(graph, config, tokens), likelihoods, zero])
  return graph.op('Neg', [graph.op('ReduceSum', [chosen, graph.integers(-1)], { keepdims: 0 })])
}

/** The right answer digit's logit less the highest other one [example, digit]: below 0 the digit is wrong. */
export function answerMargins(graph: GraphBuilder, config: ModelConfig, logits: Value, tokens: Value): Value {
  const right = isAnswer(graph, config, tokens)
  const low = graph.scalar(-1e30, logits.type as 'float32' | 'float64')
  const highest = (values: Value) => graph.op('ReduceMax', [values, graph.integers(-1)], { keepdims: 0 })
  const answer = highest(graph.op('Where', [right, logits, low]))
  return graph.op('Sub', [answer, highest(graph.op('Where', [right, low, logits]))])
}

/** Whether a vocabulary entry is the right answer digit [example, digit, vocab]: the token after the predicting position. */
function isAnswer(graph: GraphBuilder, config: ModelConfig, tokens: Value): Value {
  const first = equalsPosition(config.layout) + 1
  const answers = graph.op('Slice', [tokens, ...[first, config.n_ctx, 1].map((bound) => graph.integers(bound))])
  const vocab = graph.constant(
    [config.d_vocab],
    Int32Array.from({ length: config.d_vocab }, (_, token) => token),
  )
  return graph.op('Equal', [graph.op('Unsqueeze', [answers, graph.integers(-1)]), vocab])
}
