import { answerScores } from '../../analyses/parts/answer-scores'
import { tokenBatches } from '../../analyses/running/run-batches'
import { ScoreTotals } from '../../analyses/parts/score-totals'
import type { Sum } from '../../core/sum'
import { tokensOf } from '../../core/tokens'
import { resolveEdits } from '../../model/edits'
import { hookOf, type Intervention, type Site } from '../../model/intervention'
import { meanActivations } from '../../model/mean-activations'
import type { Edit, Model } from '../../model/model'

/**
 * What the sweep and the throughput are measured against: the same weights and operators, but sequential, in one process
 * on one thread, and every run a plain forward pass over all positions from the tokens, 1000 sums at a time.
 */

const batchSize = 1000

/** The loss of these sums, mean over their answer digits, in nats. */
export async function plainLoss(model: Model, sums: readonly Sum[], edits: readonly Edit[] = []): Promise<number> {
  const { layout } = model.config
  const totals = new ScoreTotals(layout)
  for (let begin = 0; begin < sums.length; begin += batchSize) {
    const batch = sums.slice(begin, begin + batchSize)
    const run = await model.run(tokensOf(batch, layout), { outputs: ['logits'], edits })
    totals.addAll(answerScores(run.get('logits')!, batch, model.config))
  }
  return totals.loss
}

/** Loss differences under the mean ablation of each head's result, q, k and v in turn, row-major [site, layer, head]. */
export async function plainSweep(model: Model, sums: readonly Sum[]): Promise<Float64Array> {
  const ablations = sweepAblations(model)
  const hooks = [...new Set(ablations.map(({ site, layer }) => hookOf(site, layer)))]
  const means = await meanActivations(model, tokenBatches(sums, model.config.layout), hooks)
  const replacements = {
    means: () => Promise.resolve(means),
    resampled: () => Promise.reject(new Error('not resampled')),
  }
  const clean = await plainLoss(model, sums)
  const differences = new Float64Array(ablations.length)
  for (const [index, ablation] of ablations.entries())
    differences[index] = (await plainLoss(model, sums, await resolveEdits(model, [ablation], replacements))) - clean
  return differences
}

function sweepAblations({ config }: Model): Intervention[] {
  const sites: readonly Site[] = ['result', 'q', 'k', 'v']
  return sites.flatMap((site) =>
    Array.from({ length: config.n_layers * config.n_heads }, (_, index): Intervention => {
      const [layer, head] = [Math.floor(index / config.n_heads), index % config.n_heads]
      return { site, layer, head, positions: 'all', mode: 'mean' }
    }),
  )
}
