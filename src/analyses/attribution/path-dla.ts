import { answerPosition } from '../../core/positions'
import type { Tensor } from '../../core/tensor'
import { hookOf, type Intervention } from '../../model/intervention'
import type { ActivationCache } from '../../model/model'
import { defineAnalysis } from '../analysis'
import { ofOneSum, definition, type Definition } from '../parameters'
import { rowOfDigit } from '../parts/answer-row'
import {
  attribution,
  attributionClosure,
  finalScale,
  scaleHooks,
  type Attribution,
  type AttributionOptions,
} from '../parts/attribution'
import { addToLogits, logitCount, logitMap, type LogitMap, type WeightedModel } from '../parts/logit-map'
import { biasPaths, lastMlpPaths, publishedPaths, replacementPaths, type Path } from '../parts/logit-paths'
import { runOneSum } from '../running/run-one-sum'
import { activation, offsetAt, streamHooks, streamParts, type StreamPart } from '../parts/stream-parts'
import { type ValueMap, valueMaps } from '../parts/value-map'

/** The normalization by whose scale what a last-layer head reads is divided: the published one is of layer 0. */
function readingNorm({ config }: WeightedModel, definition: Definition): string {
  return `blocks.${definition === 'notebook' ? 0 : config.n_layers - 1}.ln1`
}

/** The outputs to ask a run for. */
export function pathDlaHooks(
  model: WeightedModel,
  interventions: readonly Intervention[] = [],
  definition: Definition = 'corrected',
): string[] {
  const last = model.config.n_layers - 1
  const scales = scaleHooks(model.config, [readingNorm(model, definition), 'ln_final'])
  return [...new Set([...streamHooks(model, interventions), hookOf('pattern', last), ...scales, 'logits'])]
}

/**
 * Path attribution of one run: as `dla`, but what a head of the last layer writes is divided among what it moved. With the attention
 * pattern and ln1's scale given, a head's output is linear in the residual stream that it reads, so each source (the embeddings
 * together, each earlier head) has a path straight to the logits and one through each last-layer head. They and the biases add up to
 * the logits. What an MLP writes is not linear in what it reads and is not divided further: the last layer's is one path, and an
 * earlier one's a source like a head. The notebook leaves out the biases and divides what a head reads by the scale of layer 0
 * instead of the reading layer's.
 */
export function pathAttribution(
  run: ActivationCache,
  model: WeightedModel,
  {
    example = 0,
    interventions = [],
    definition = 'corrected',
    parts = streamParts({ run, model, example, interventions }),
  }: AttributionOptions = {},
): Attribution {
  const { layout, n_layers } = model.config
  const asPublished = definition === 'notebook'
  const paths = [...publishedPaths(parts, model), ...lastMlpPaths(parts, model)]
  if (!asPublished) paths.push(...replacementPaths(parts, model, interventions), ...biasPaths(model))
  const pattern = activation(run, hookOf('pattern', n_layers - 1))
  const [scaleHook] = scaleHooks(model.config, [readingNorm(model, definition)])
  const scale = scaleHook === undefined ? undefined : activation(run, scaleHook)
  const maps = { straight: logitMap(model), through: valueMaps(model, n_layers - 1) }
  const mixed = new Float64Array(model.config.d_model)
  const shares = new Float64Array(paths.length * layout.answerDigits * logitCount)
  for (let digit = 0; digit < layout.answerDigits; digit++) {
    const readings = maps.through.map((_, head) => readingOf({ pattern, scale, example, head, digit }, model))
    const factor = 1 / finalScale(run, model, example, digit)
    const followed = { ...maps, position: answerPosition(digit, layout), factor, readings, mixed }
    paths.forEach((path, component) => {
      addPath(shares, (component * layout.answerDigits + digit) * logitCount, path, followed)
    })
  }
  const labels = paths.map((path) => path.label)
  return attribution(labels, layout, shares)
}

export const pathDla = defineAnalysis({
  id: 'path-dla',
  question: 'Along which paths, straight or through a head of the last layer, does each part reach the logits?',
  definition:
    'Direct logit attribution of the last layer’s heads divided among what they move: pattern times (source / the reading ' +
    'layer’s ln1.hook_scale) @ W_V @ W_O, then as in dla, in logits; paths and biases add up to the logits. The notebook ' +
    'divides by the scale of layer 0 and leaves the biases out. What an MLP writes is not divided by what it has read.',
  about: 'sum',
  parameters: { ...ofOneSum, definition },
  async run({ model }, params) {
    const { definition = 'corrected', interventions = [] } = params
    const run = await runOneSum(model, params, pathDlaHooks(model, interventions, definition))
    const shares = pathAttribution(run, model, { interventions, definition })
    return { attribution: shares, closure: attributionClosure(shares, run, model), definition }
  },
})

/** Where paths are followed: one row of a run, at one answer digit. */
interface Followed {
  /** The position that predicts it. */
  readonly position: number
  /** What a projected vector is multiplied with: one over ln_final's scale. */
  readonly factor: number
  readonly straight: LogitMap
  /** By head of the last layer. */
  readonly through: readonly ValueMap[]
  /** By head of the last layer. */
  readonly readings: readonly Reading[]
  /** Where what a head reads is put together, [d_model]: one for all paths, since there are dozens. */
  readonly mixed: Float64Array
}

/** How a head reads the stream from one position. */
interface Reading {
  /** By key: its attention, over ln1's scale there. */
  readonly weights: Float64Array
  /** The sum of its attention: 1, unless it was intervened on. */
  readonly attention: number
}

/** Adds a path's share of the ten digit logits to `shares` from `place` on. */
function addPath(shares: Float64Array, place: number, path: Path, followed: Followed, sign = 1): void {
  const { straight, mixed, position } = followed
  const factor = sign * followed.factor
  if (path.through === undefined) {
    for (const part of path.parts)
      addToLogits(shares, place, { data: part.data, offset: offsetAt(part, position) }, straight.matrix, factor)
    if (path.withBias) addBias(shares, place, straight.bias, sign)
  } else {
    const map = followed.through[path.through]!
    const { weights, attention } = followed.readings[path.through]!
    mixed.fill(0)
    for (const part of path.parts) addMixed(mixed, part, weights)
    addToLogits(shares, place, { data: mixed, offset: 0 }, map.matrix, factor)
    if (path.withBias) addBias(shares, place, map.bias, factor * attention)
  }
  if (path.less) addPath(shares, place, path.less, followed, -sign)
}

interface ReadingPlace {
  readonly pattern: Tensor
  /** ln1's; undefined where nothing is normalized. */
  readonly scale: Tensor | undefined
  readonly example: number
  readonly head: number
  readonly digit: number
}

function readingOf({ pattern, scale, example, head, digit }: ReadingPlace, { config }: WeightedModel): Reading {
  const { n_heads, n_ctx } = config
  const queries = pattern.shape[2]!
  const row = ((example * n_heads + head) * queries + rowOfDigit(queries, digit, config)) * n_ctx
  const weights = new Float64Array(n_ctx)
  let attention = 0
  for (let key = 0; key < n_ctx; key++) {
    const weight = pattern.data[row + key]!
    attention += weight
    weights[key] = weight / (scale?.data[example * n_ctx + key] ?? 1)
  }
  return { weights, attention }
}

/** Adds a part, weighted over the positions, to `target`. Position by position, so that memory is read in its order. */
function addMixed(target: Float64Array, { data, first, stride }: StreamPart, weights: Float64Array): void {
  for (let key = 0, place = first; key < weights.length; key++, place += stride) {
    const weight = weights[key]!
    // What is masked, a third of it all, adds nothing.
    if (weight === 0) continue
    for (let index = 0; index < target.length; index++) target[index]! += weight * data[place + index]!
  }
}

function addBias(shares: Float64Array, place: number, bias: Float64Array, factor: number): void {
  for (let logit = 0; logit < bias.length; logit++) shares[place + logit]! += factor * bias[logit]!
}
