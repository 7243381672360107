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
import { hasMlp } from '../../model/config'
import { defineAnalysis } from '../analysis'
import { headAxes, headsOf } from '../parts/model-heads'
import type { WeightedModel } from '../parts/logit-map'

/** What each head is worth: the loss with its output replaced, less the clean loss. */
export const headAblation = defineAnalysis({
  id: 'head-ablation',
  question: 'How much worse does the model add without each head?',
  definition:
    'Loss with hook_result of one head replaced at every position (by its clean mean over the sums that run, by 0, or by ' +
    'another sum’s) less the clean loss, in nats: positive means the head helped. accuracy: share of sums with every digit right. ' +
    'Where there are MLPs, the same with hook_mlp_out of one layer replaced: mlpLossDiff, mlpAccuracy and so on.',
  about: 'dataset',
  parameters: sweepParameters,
  divides: true,
  async run(context, params) {
    const { mode = 'mean' } = params
    const { config } = context.model
    const heads = headsOf(context.model).map((head): Ablation => [{ site: 'result', ...head, positions: 'all', mode }])
    const mlps = Array.from({ length: hasMlp(config) ? config.n_layers : 0 }, (_, layer): Ablation => {
      return [{ site: 'mlp_out', layer, positions: 'all', mode }]
    })
    const ablations = [...heads, ...mlps]
    const resultOf = ({ clean, ablated }: SweepScores) => ({
      ...headResult(context.model, params, { clean, ablated: ablated.slice(0, heads.length) }),
      ...(mlps.length > 0 && mlpResult(context.model, { clean, ablated: ablated.slice(heads.length) })),
    })
    return resultOf(await ablationSweep(context, params, ablations, resultOf))
  },
})

function headResult(model: WeightedModel, params: SweepParams, scores: SweepScores) {
  const { layout } = model.config
  const { shape, labels } = headAxes(model)
  const perHead = (values: Float64Array, unit: string) => tensor(['layer', 'head'], shape, values, { labels, unit })
  return {
    mode: params.mode ?? 'mean',
    meanOver: params.meanOver ?? 'subset',
    n: scores.clean.sums,
    cleanLoss: scores.clean.loss,
    cleanAccuracy: scores.clean.exactMatch,
    lossDiff: perHead(lossDifferences(scores), 'nats'),
    lossDiffPerDigit: tensor(
      ['layer', 'head', 'digit'],
      [...shape, layout.answerDigits],
      lossDifferencesPerDigit(scores),
      {
        labels: { ...labels, digit: digitLabels(layout.answerDigits) },
        unit: 'nats',
      },
    ),
    accuracy: perHead(
      Float64Array.from(scores.ablated, ({ exactMatch }) => exactMatch),
      'share',
    ),
    tokenAccuracy: perHead(
      Float64Array.from(scores.ablated, ({ tokenAccuracy }) => tokenAccuracy),
      'share',
    ),
  }
}

/** What each layer's MLP is worth. */
function mlpResult(model: WeightedModel, scores: SweepScores) {
  const { answerDigits } = model.config.layout
  const { layer } = headAxes(model).labels
  const perLayer = (values: readonly number[] | Float64Array, unit: string) =>
    tensor(['layer'], [layer.length], Float64Array.from(values), { labels: { layer }, unit })
  return {
    mlpLossDiff: perLayer(lossDifferences(scores), 'nats'),
    mlpLossDiffPerDigit: tensor(['layer', 'digit'], [layer.length, answerDigits], lossDifferencesPerDigit(scores), {
      labels: { layer, digit: digitLabels(answerDigits) },
      unit: 'nats',
    }),
    mlpAccuracy: perLayer(
      scores.ablated.map(({ exactMatch }) => exactMatch),
      'share',
    ),
    mlpTokenAccuracy: perLayer(
      scores.ablated.map(({ tokenAccuracy }) => tokenAccuracy),
      'share',
    ),
  }
}
