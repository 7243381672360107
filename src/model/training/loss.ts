import { answerPosition } from '../../core/positions'
import type { ModelConfig } from '../config'
import type { GraphBuilder } from '../onnx/builder'
import { elementCode } from '../onnx/encode'
import type { Value } from '../onnx/value'

/** Negative log-likelihood of the right answer digits [example, digit] in nats, from logits [example, digit, vocab]. */
export function answerLosses(graph: GraphBuilder, config: ModelConfig, logits: Value, tokens: Value): Value {
  const chosen = graph.op('Mul', [
    graph.op('LogSoftmax', [logits], { axis: -1 }),
    oneHotAnswers(graph, config, tokens, logits),
  ])
  return graph.op('Neg', [graph.op('ReduceSum', [chosen, graph.integers(-1)], { keepdims: 0 })])
}

/** 1 at the right answer digit's token [example, digit, vocab]: the token after the position that predicts it. */
function oneHotAnswers(graph: GraphBuilder, config: ModelConfig, tokens: Value, like: Value): Value {
  const first = answerPosition(0, config.numDigits) + 1
  const answers = graph.op('Slice', [tokens, ...[first, config.n_ctx, 1].map((bound) => graph.integers(bound))])
  const vocab = graph.constant(
    [config.d_vocab],
    Int32Array.from({ length: config.d_vocab }, (_, token) => token),
  )
  const right = graph.op('Equal', [graph.op('Unsqueeze', [answers, graph.integers(-1)]), vocab])
  return graph.op('Cast', [right], { to: elementCode(like.type) })
}
