import { z } from 'zod'
import { answerPositions, digitLabels, positionLabels } from '../../core/positions'
import { tensor } from '../../core/tensor'
import type { Intervention, Site } from '../../model/intervention'
import type { ModelConfig } from '../../model/config'
import {
  ablationSweep,
  sweepParameters,
  lossDifferencesPerDigit,
  type Ablation,
  type SweepScores,
} from './ablation-sweep'
import { defineAnalysis } from '../analysis'
import type { Described } from '../parameters'
import type { WeightedModel } from '../parts/logit-map'
import { headAxes, headsOf } from '../parts/model-heads'

/** What a head writes at a position (default), or what it reads there. */
const side = z.enum(['write', 'read']).exactOptional()
type Side = 'write' | 'read'
type PositionParams = Described<typeof sweepParameters & { side: typeof side }>

/** A head at one position. */
interface Place {
  readonly layer: number
  readonly head: number
  readonly position: number
}

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

function placesOf(model: WeightedModel): Place[] {
  const positions = Array.from({ length: model.config.n_ctx }, (_, position) => position)
  return headsOf(model).flatMap((head) => positions.map((position) => ({ ...head, position })))
}

/** Nothing attends to what comes later, and what the last layer writes is only read where it predicts. */
function canMatter({ layer, position }: Place, side: Side | undefined, { n_layers, layout }: ModelConfig): boolean {
  const predicting = answerPositions(layout)
  const lastWriting = layer === n_layers - 1 && side !== 'read'
  return lastWriting ? predicting.includes(position) : position <= Math.max(...predicting)
}

function ablationAt({ layer, head, position }: Place, { side, mode = 'mean' }: PositionParams): Ablation {
  const at = (site: Site): Intervention => ({ site, layer, head, positions: [position], mode })
  return side === 'read' ? [at('q'), at('k'), at('v')] : [at('result')]
}

function positionResult(model: WeightedModel, params: PositionParams, places: readonly Place[], scores: SweepScores) {
  const { n_heads, n_ctx, layout } = model.config
  const { shape, labels } = headAxes(model)
  const differences = lossDifferencesPerDigit(scores)
  const data = new Float64Array(shape[0]! * shape[1]! * n_ctx * layout.answerDigits)
  places.forEach(({ layer, head, position }, ablation) => {
    const ofAblation = differences.subarray(ablation * layout.answerDigits, (ablation + 1) * layout.answerDigits)
    data.set(ofAblation, ((layer * n_heads + head) * n_ctx + position) * layout.answerDigits)
  })
  return {
    side: params.side ?? 'write',
    mode: params.mode ?? 'mean',
    meanOver: params.meanOver ?? 'subset',
    n: scores.clean.sums,
    cleanLoss: scores.clean.loss,
    lossDiff: tensor(['layer', 'head', 'position', 'digit'], [...shape, n_ctx, layout.answerDigits], data, {
      labels: { ...labels, position: positionLabels(layout), digit: digitLabels(layout.answerDigits) },
      unit: 'nats',
    }),
  }
}
