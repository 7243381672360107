import { tensorOver, type Axis } from '../../core/axis'
import { hasMlp, type ModelConfig } from '../../model/config'
import { defineAnalysis } from '../analysis'
import { headAxes } from '../parts/axes'
import type { WeightedModel } from '../parts/logit-map'
import { headsOf } from '../parts/model-heads'
import {
  ablationSweep,
  askedOf,
  lossesOver,
  sweepParameters,
  type Ablation,
  type SweepParams,
  type SweepScores,
} from './ablation-sweep'

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

function headResult({ config }: WeightedModel, params: SweepParams, scores: SweepScores) {
  const cleanAccuracy = scores.clean.exactMatch
  return { ...askedOf(params, scores), cleanAccuracy, ...worthOver(headAxes(config), config, scores) }
}

/** What each layer's MLP is worth. */
function mlpResult({ config }: WeightedModel, scores: SweepScores) {
  const [layer] = headAxes(config)
  const { lossDiff, lossDiffPerDigit, accuracy, tokenAccuracy } = worthOver([layer], config, scores)
  return {
    mlpLossDiff: lossDiff,
    mlpLossDiffPerDigit: lossDiffPerDigit,
    mlpAccuracy: accuracy,
    mlpTokenAccuracy: tokenAccuracy,
  }
}

/** How much worse the model is without each part, and how well it still does. The ablations are those of the axes' entries. */
function worthOver<const Axes extends readonly Axis[]>(axes: Axes, { layout }: ModelConfig, scores: SweepScores) {
  const share = (of: 'exactMatch' | 'tokenAccuracy') => {
    const shares = scores.ablated.map((totals) => totals[of])
    return tensorOver(axes, shares, 'share')
  }
  return {
    ...lossesOver(axes, layout, scores),
    accuracy: share('exactMatch'),
    tokenAccuracy: share('tokenAccuracy'),
  }
}
