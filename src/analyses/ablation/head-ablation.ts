import { digitLabels } from '../../core/positions'
import { tensor } from '../../core/tensor'
import {
  ablationSweep,
  sweepParameters,
  type SweepParams,
  lossDifferences,
  lossDifferencesPerDigit,
  type Cut,
  type SweepScores,
} from './ablation-sweep'
import { defineAnalysis } from '../analysis'
import { headAxes, headsOf } from '../parts/model-heads'
import type { WeightedModel } from '../parts/logit-map'

/** What each head is worth: the loss with its output replaced, less the clean loss. */
export const headAblation = defineAnalysis({
  id: 'head-ablation',
  question: 'How much worse does the model add without each head?',
  definition:
    'Loss with hook_result of one head replaced at every position (by its clean mean over the sums that run, by 0, or by ' +
    'another sum’s) less the clean loss, in nats: positive means the head helped. accuracy: share of sums with every digit right.',
  about: 'dataset',
  parameters: sweepParameters,
  divides: true,
  async run(context, params) {
    const { mode = 'mean' } = params
    const cuts = headsOf(context.model).map((head): Cut => [{ site: 'result', ...head, positions: 'all', mode }])
    const resultOf = (scores: SweepScores) => headResult(context.model, params, scores)
    return resultOf(await ablationSweep(context, params, cuts, resultOf))
  },
})

function headResult(model: WeightedModel, params: SweepParams, scores: SweepScores) {
  const { numDigits } = model.config
  const { shape, labels } = headAxes(model)
  const perHead = (values: Float64Array, unit: string) => tensor(['layer', 'head'], shape, values, { labels, unit })
  return {
    mode: params.mode ?? 'mean',
    meanOver: params.meanOver ?? 'subset',
    n: scores.clean.sums,
    cleanLoss: scores.clean.loss,
    cleanAccuracy: scores.clean.exactMatch,
    lossDiff: perHead(lossDifferences(scores), 'nats'),
    lossDiffPerDigit: tensor(['layer', 'head', 'digit'], [...shape, numDigits], lossDifferencesPerDigit(scores), {
      labels: { ...labels, digit: digitLabels(numDigits) },
      unit: 'nats',
    }),
    accuracy: perHead(
      Float64Array.from(scores.cut, ({ exactMatch }) => exactMatch),
      'share',
    ),
    tokenAccuracy: perHead(
      Float64Array.from(scores.cut, ({ tokenAccuracy }) => tokenAccuracy),
      'share',
    ),
  }
}
