import { digitLabels } from '../../core/positions'
import { tensor } from '../../core/tensor'
import {
  ablationSweep,
  sweepParameters,
  type SweepParams,
  lossDifferences,
  lossDifferencesPerDigit,
  type Ablation,
  type SweepScores,
} from './ablation-sweep'
import { defineAnalysis } from '../analysis'
import type { WeightedModel } from '../parts/logit-map'
import { headAxes, headsOf } from '../parts/model-heads'

const sites = ['q', 'k', 'v'] as const

/** What each head's queries, keys and values are worth: the loss with one of them replaced, less the clean loss. */
export const qkvAblation = defineAnalysis({
  id: 'qkv-ablation',
  question: 'Does a head need its queries, its keys or its values?',
  definition:
    'Loss with hook_q, hook_k or hook_v of one head replaced at every position (by its clean mean over the sums that run, by ' +
    '0, or by another sum’s) less the clean loss, in nats: positive means that it helped.',
  about: 'dataset',
  parameters: sweepParameters,
  divides: true,
  firstLook: 24,
  async run(context, params) {
    const { mode = 'mean' } = params
    const ablations = sites.flatMap((site) =>
      headsOf(context.model).map((head): Ablation => [{ site, ...head, positions: 'all', mode }]),
    )
    const resultOf = (scores: SweepScores) => siteResult(context.model, params, scores)
    return resultOf(await ablationSweep(context, params, ablations, resultOf))
  },
})

function siteResult(model: WeightedModel, params: SweepParams, scores: SweepScores) {
  const { layout } = model.config
  const axes = headAxes(model)
  const shape = [sites.length, ...axes.shape]
  const labels = { site: sites, ...axes.labels }
  return {
    mode: params.mode ?? 'mean',
    meanOver: params.meanOver ?? 'subset',
    n: scores.clean.sums,
    cleanLoss: scores.clean.loss,
    lossDiff: tensor(['site', 'layer', 'head'], shape, lossDifferences(scores), { labels, unit: 'nats' }),
    lossDiffPerDigit: tensor(
      ['site', 'layer', 'head', 'digit'],
      [...shape, layout.answerDigits],
      lossDifferencesPerDigit(scores),
      {
        labels: { ...labels, digit: digitLabels(layout.answerDigits) },
        unit: 'nats',
      },
    ),
  }
}
