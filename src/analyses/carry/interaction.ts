import { headLabels } from '../../core/heads'
import { digitLabels } from '../../core/positions'
import { plainInteractions, shapleyInteractions, shapleyValues } from '../../core/shapley'
import { tensor } from '../../core/tensor'
import { defineAnalysis } from '../analysis'
import { mode, ofRunSums } from '../parameters'
import { headAxes } from '../parts/model-heads'
import type { WeightedModel } from '../parts/logit-map'
import type { SweepParams } from '../ablation/ablation-sweep'
import { SubsetLosses } from '../parts/subset-losses'

/**
 * What the heads are worth together: the loss with every subset of them ablated at once, and how it is shared out among them. The
 * Shapley values add up to the loss with all ablated less the clean one.
 */
export const interaction = defineAnalysis({
  id: 'interaction',
  question: 'Do the heads help each other, or stand in for each other?',
  definition:
    'Loss with hook_result of every subset of the heads replaced at every position (by its clean mean over the sums that run, ' +
    'also in later layers, by 0, or by another sum’s), in nats. shapley: what ablating a head adds to the loss, averaged over all ' +
    'orders in which all are ablated. pair: Shapley interaction of the mean loss; pairPlain: loss of both less that of each alone.',
  about: 'dataset',
  parameters: { ...ofRunSums, mode },
  async run({ model, progress, schedule }, params) {
    const losses = new SubsetLosses(model, params, schedule)
    for await (const { done, total } of losses.batches())
      progress(done, total, interactionResult(model, params, losses))
    return interactionResult(model, params, losses)
  },
})

function interactionResult(model: WeightedModel, params: SweepParams, losses: SubsetLosses) {
  const { n_layers, n_heads, layout } = model.config
  const heads = headLabels(n_layers, n_heads)
  const { shape, labels } = headAxes(model)
  const digit = digitLabels(layout.answerDigits)
  const loss = losses.perDigit()
  const subsets = loss.length / layout.answerDigits
  const mean = Float64Array.from({ length: subsets }, (_, subset) =>
    loss
      .subarray(subset * layout.answerDigits, (subset + 1) * layout.answerDigits)
      .reduce((sum, value) => sum + value / layout.answerDigits, 0),
  )
  const shapley = new Float64Array(heads.length * layout.answerDigits)
  for (let column = 0; column < layout.answerDigits; column++) {
    const ofDigit = Float64Array.from({ length: subsets }, (_, subset) => loss[subset * layout.answerDigits + column]!)
    shapleyValues(ofDigit, heads.length).forEach(
      (value, head) => (shapley[head * layout.answerDigits + column] = value),
    )
  }
  const nats = { unit: 'nats' }
  const pairs = (data: Float64Array) =>
    tensor(['headA', 'headB'], [heads.length, heads.length], data, { labels: { headA: heads, headB: heads }, ...nats })
  return {
    mode: params.mode ?? 'mean',
    meanOver: params.meanOver ?? 'subset',
    n: losses.sums,
    loss: tensor(['subset', 'digit'], [subsets, layout.answerDigits], loss, {
      labels: { subset: subsetLabels(heads), digit },
      ...nats,
    }),
    shapley: tensor(['layer', 'head', 'digit'], [...shape, layout.answerDigits], shapley, {
      labels: { ...labels, digit },
      ...nats,
    }),
    shapleyMean: tensor(['layer', 'head'], shape, shapleyValues(mean, heads.length), { labels, ...nats }),
    pair: pairs(shapleyInteractions(mean, heads.length)),
    pairPlain: pairs(plainInteractions(mean, heads.length)),
  }
}

/** `none`, `H0.0`, `H0.1`, `H0.0+H0.1` and so on: the first head is the lowest bit. */
function subsetLabels(heads: readonly string[]): string[] {
  return Array.from({ length: 2 ** heads.length }, (_, subset) => {
    const ablated = heads.filter((__, head) => subset & (1 << head))
    return ablated.length > 0 ? ablated.join('+') : 'none'
  })
}
