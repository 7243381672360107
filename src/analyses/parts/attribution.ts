import { axis, tensorOver } from '../../core/axis'
import type { Tensor } from '../../core/tensor'
import { logitLabels } from '../../core/tokens'
import type { TaskLayout } from '../../core/task-layout'
import type { Intervention } from '../../model/intervention'
import type { ModelConfig } from '../../model/config'
import type { ActivationCache } from '../../model/model'
import { isNormalized } from '../../model/normalization'
import type { Definition } from '../parameters'
import { rowOfDigit } from './answer-row'
import { digitAxis } from './axes'
import type { WeightedModel } from './logit-map'
import { activation, type StreamPart } from './stream-parts'

/** In logits: what a component adds to each digit's logit where an answer digit is predicted. */
export type Attribution = Tensor<readonly ['component', 'digit', 'logit']>

export interface AttributionOptions {
  /** Row of the run's example axis. Default 0. */
  readonly example?: number
  /** What acted on any row of that run. Default nothing. */
  readonly interventions?: readonly Intervention[]
  /** `notebook`: as published. Default `corrected`. */
  readonly definition?: Definition
  /** What `streamParts` makes of that row, where that is known: two attributions of one run share it. */
  readonly parts?: readonly StreamPart[]
}

/** Labels row-major [component, digit, logit] shares. */
export function attribution(components: readonly string[], layout: TaskLayout, data: Float64Array): Attribution {
  return tensorOver([axis('component', components), digitAxis(layout), axis('logit', logitLabels)], data, 'logits')
}

/** The scale hooks of these normalizations (`ln_final`); none in a model that does not normalize. */
export function scaleHooks(config: ModelConfig, norms: readonly string[]): string[] {
  return isNormalized(config) ? norms.map((norm) => `${norm}.hook_scale`) : []
}

/** ln_final's scale where an answer digit is predicted; 1 where nothing is normalized. */
export function finalScale(run: ActivationCache, { config }: WeightedModel, example: number, digit: number): number {
  if (!isNormalized(config)) return 1
  const { data, shape } = activation(run, 'ln_final.hook_scale')
  return data[example * shape[1]! + rowOfDigit(shape[1]!, digit, config)]!
}

/** Largest distance, in logits, of the components' sum from the run's logits: rounding, if nothing was left out. */
export function attributionClosure(
  { data, shape }: Attribution,
  run: ActivationCache,
  { config }: WeightedModel,
  example = 0,
): number {
  const [components, digits, logits] = shape as [number, number, number]
  const output = activation(run, 'logits')
  const rows = output.shape[1]!
  let largest = 0
  for (let digit = 0; digit < digits; digit++)
    for (let logit = 0; logit < logits; logit++) {
      let total = 0
      for (let component = 0; component < components; component++)
        total += data[(component * digits + digit) * logits + logit]!
      const row = example * rows + rowOfDigit(rows, digit, config)
      largest = Math.max(largest, Math.abs(total - output.data[row * config.d_vocab + logit]!))
    }
  return largest
}
