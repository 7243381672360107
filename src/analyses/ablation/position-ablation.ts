import { z } from 'zod'
import { tensorOver } from '../../core/axis'
import { isRead, type HeadSite } from '../../core/head-site'
import { lastPredictingPosition } from '../../core/positions'
import type { ModelConfig } from '../../model/config'
import type { Intervention, Site } from '../../model/intervention'
import { defineAnalysis } from '../analysis'
import type { Described } from '../parameters'
import { digitAxis, headAxes, positionAxis } from '../parts/axes'
import type { WeightedModel } from '../parts/logit-map'
import { headsOf } from '../parts/model-heads'
import {
  ablationSweep,
  askedOf,
  lossDifferencesPerDigit,
  sweepParameters,
  type Ablation,
  type SweepScores,
} from './ablation-sweep'

/** What a head writes at a position (default), or what it reads there. */
const side = z.enum(['write', 'read']).exactOptional()
type Side = 'write' | 'read'
type PositionParams = Described<typeof sweepParameters & { side: typeof side }>

/**
 * Where each head matters: the loss of each answer digit with the head ablated at a single position, less the clean loss. Places
 * that no prediction can see are not run; their difference is exactly 0.
 */
export const positionAblation = defineAnalysis({
  id: 'position-ablation',
  question: 'At which position does each head do its work?',
  definition:
    'Loss of each answer digit with one head replaced at one position (by its clean mean there over the sums that run, by 0, ' +
    'or by another sum’s) less the clean loss, in nats. side write: hook_result, what it writes there; side read: hook_q, hook_k ' +
    'and hook_v, what it reads there.',
  about: 'dataset',
  parameters: { ...sweepParameters, side },
  divides: true,
  firstLook: 16,
  async run(context, params) {
    const { model } = context
    const places = placesOf(model).filter((place) => canMatter(place, params.side, model.config))
    const ablations = places.map((place) => ablationAt(place, params))
    const resultOf = (scores: SweepScores) => positionResult(model, params, places, scores)
    return resultOf(await ablationSweep(context, params, ablations, resultOf))
  },
})

function placesOf(model: WeightedModel): HeadSite[] {
  const positions = Array.from({ length: model.config.n_ctx }, (_, position) => position)
  return headsOf(model).flatMap((head) => positions.map((position) => ({ ...head, position })))
}

/** What a head writes may be read by nothing; what it reads matters up to the last position that predicts, in any layer. */
function canMatter(place: HeadSite, side: Side | undefined, config: ModelConfig): boolean {
  return side === 'read' ? place.position <= lastPredictingPosition(config.layout) : isRead(place, config)
}

function ablationAt({ layer, head, position }: HeadSite, { side, mode = 'mean' }: PositionParams): Ablation {
  const at = (site: Site): Intervention => ({ site, layer, head, positions: [position], mode })
  return side === 'read' ? [at('q'), at('k'), at('v')] : [at('result')]
}

function positionResult(
  { config }: WeightedModel,
  params: PositionParams,
  places: readonly HeadSite[],
  scores: SweepScores,
) {
  const { n_layers, n_heads, n_ctx, layout } = config
  const { answerDigits } = layout
  const differences = lossDifferencesPerDigit(scores)
  const data = new Float64Array(n_layers * n_heads * n_ctx * answerDigits)
  places.forEach(({ layer, head, position }, ablation) => {
    const ofAblation = differences.subarray(ablation * answerDigits, (ablation + 1) * answerDigits)
    data.set(ofAblation, ((layer * n_heads + head) * n_ctx + position) * answerDigits)
  })
  const axes = [...headAxes(config), positionAxis('position', layout), digitAxis(layout)] as const
  return { side: params.side ?? 'write', ...askedOf(params, scores), lossDiff: tensorOver(axes, data, 'nats') }
}
