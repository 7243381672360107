import { answerPositions } from '../../src/core/positions'
import type { ModelConfig } from '../../src/model/config'
import type { Tokens } from '../../src/model/model'
import { ReferenceModel } from '../../src/model/reference-model'
import { unflatten } from '../../src/model/training/flat-parameters'

/** Mean negative log-likelihood of the answer digits, in nats, by the float64 oracle; `flat` are all parameters [parameter]. */
export async function oracleLoss(config: ModelConfig, flat: Float64Array, tokens: Tokens): Promise<number> {
  const model = new ReferenceModel({ name: 'oracle', sha256: '', config, weights: unflatten(config, flat) })
  const positions = answerPositions(config.layout)
  const cache = await model.run(tokens, { outputs: ['logits'], positions })
  const logits = Float64Array.from(cache.get('logits')!.data)
  const losses = Array.from({ length: tokens.shape[0]! * positions.length }, (_, row) => {
    const scores = logits.subarray(row * config.d_vocab, (row + 1) * config.d_vocab)
    const example = Math.floor(row / positions.length)
    const answer = tokens.data[example * config.n_ctx + positions[row % positions.length]! + 1]!
    return Math.log(scores.reduce((total, score) => total + Math.exp(score), 0)) - scores[answer]!
  })
  return losses.reduce((total, loss) => total + loss, 0) / losses.length
}
