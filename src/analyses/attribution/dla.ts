import { answerPosition } from '../../core/positions'
import type { Intervention } from '../../model/intervention'
import type { ActivationCache } from '../../model/model'
import { defineAnalysis } from '../analysis'
import { ofOneSum, definition } from '../parameters'
import {
  attribution,
  attributionClosure,
  finalScale,
  scaleHooks,
  type Attribution,
  type AttributionOptions,
} from '../parts/attribution'
import { addToLogits, logitCount, logitMap, type WeightedModel } from '../parts/logit-map'
import { runOneSum } from '../running/run-one-sum'
import { offsetAt, outputBias, streamHooks, streamParts } from '../parts/stream-parts'

/** The outputs to ask a run for. */
export function dlaHooks(model: WeightedModel, interventions: readonly Intervention[] = []): string[] {
  return [...streamHooks(model, interventions), ...scaleHooks(model.config, ['ln_final']), 'logits']
}

/**
 * Direct logit attribution of one run. The last residual stream is the sum of what embeddings, heads, MLPs and output biases
 * wrote, and the way from it to the logits is linear once ln_final's scale is given: a part's share is
 * `(part - its mean) / scale * ln_final.w @ W_U`, and all shares with b_U add up to the logits. It tells what a part writes,
 * not what would happen without it, because the scale is kept. The notebook leaves out b_O and b_U.
 */
export function directLogitAttribution(
  run: ActivationCache,
  model: WeightedModel,
  { example = 0, interventions = [], definition = 'corrected', parts: known }: AttributionOptions = {},
): Attribution {
  const { n_layers, layout } = model.config
  const { matrix, bias } = logitMap(model)
  const withBiases = definition === 'corrected'
  const written = known ?? streamParts({ run, model, example, interventions })
  const parts = withBiases ? [...written, outputBias(model, 0, n_layers)] : written
  const labels = [...parts.map((part) => part.label), ...(withBiases ? ['b_U'] : [])]
  const shares = new Float64Array(labels.length * layout.answerDigits * logitCount)
  for (let digit = 0; digit < layout.answerDigits; digit++) {
    const factor = 1 / finalScale(run, model, example, digit)
    const place = (component: number) => (component * layout.answerDigits + digit) * logitCount
    parts.forEach((part, component) => {
      const vector = { data: part.data, offset: offsetAt(part, answerPosition(digit, layout)) }
      addToLogits(shares, place(component), vector, matrix, factor)
    })
    if (withBiases) shares.set(bias, place(parts.length))
  }
  return attribution(labels, layout, shares)
}

export const dla = defineAnalysis({
  id: 'dla',
  question: 'What does each part of the model add to each digit’s logit?',
  definition:
    'Direct logit attribution: each part of the residual stream, centred, divided by ln_final.hook_scale and multiplied ' +
    'with W_U, in logits; the parts, b_O and b_U add up to the logits. The notebook leaves the two biases out.',
  about: 'sum',
  parameters: { ...ofOneSum, definition },
  async run({ model }, params) {
    const { definition = 'corrected', interventions = [] } = params
    const run = await runOneSum(model, params, dlaHooks(model, interventions))
    const shares = directLogitAttribution(run, model, { interventions, definition })
    return { attribution: shares, closure: attributionClosure(shares, run, model), definition }
  },
})
