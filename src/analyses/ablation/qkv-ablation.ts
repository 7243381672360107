import { axis } from '../../core/axis'
import { defineAnalysis } from '../analysis'
import { headAxes } from '../parts/axes'
import { headsOf } from '../parts/model-heads'
import { ablationSweep, askedOf, lossesOver, sweepParameters, type Ablation, type SweepScores } from './ablation-sweep'

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
    const { config } = context.model
    const axes = [axis('site', sites), ...headAxes(config)] as const
    const resultOf = (scores: SweepScores) => ({
      ...askedOf(params, scores),
      ...lossesOver(axes, config.layout, scores),
    })
    return resultOf(await ablationSweep(context, params, ablations, resultOf))
  },
})
