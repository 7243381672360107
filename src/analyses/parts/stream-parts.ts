import { layerHeadLabels } from '../../core/heads'
import { mlpLabel } from '../../core/mlps'
import type { Tensor } from '../../core/tensor'
import { hasMlp } from '../../model/config'
import { hookOf, type Intervention } from '../../model/intervention'
import type { ActivationCache } from '../../model/model'
import { rowOfPosition } from './answer-row'
import { parameter, type WeightedModel } from './logit-map'

/** Something that was written into the residual stream. */
export interface StreamPart {
  readonly label: string
  /** The first layer whose attention reads it: 0 for the embeddings, l + 1 for a head or the MLP of layer l. */
  readonly readFrom: number
  /** Whether an intervention put it there rather than the model. */
  readonly replaced: boolean
  /** The vectors written, of d_model entries each. */
  readonly data: Float64Array
  /** Where in `data` that of position 0 begins, or would if it were there. */
  readonly first: number
  /** How far those of neighbouring positions are apart; 0 where all are the same. */
  readonly stride: number
}

/** Where the vector that a part writes at a position begins in its data. */
export function offsetAt({ first, stride }: StreamPart, position: number): number {
  return first + position * stride
}

/** Which run and which of its rows is taken apart, and what acted in it. */
export interface TakenApart {
  readonly run: ActivationCache
  readonly model: WeightedModel
  readonly example: number
  readonly interventions: readonly Intervention[]
}

/** The activation called `name`, or a RangeError that says it was not asked for. */
export function activation(run: ActivationCache, name: string): Tensor {
  const found = run.get(name)
  if (!found) throw new RangeError(`The run has no "${name}": add it to the outputs that are asked for.`)
  return found
}

/** The hooks that `streamParts` reads. */
export function streamHooks({ config }: WeightedModel, interventions: readonly Intervention[]): string[] {
  const layers = Array.from({ length: config.n_layers }, (_, layer) => layer)
  return [
    'hook_embed',
    'hook_pos_embed',
    ...layers.flatMap((layer) => [hookOf('result', layer), ...(hasMlp(config) ? [hookOf('mlp_out', layer)] : [])]),
    ...replacedLayers(interventions).map((layer) => hookOf('resid_pre', layer)),
  ]
}

/**
 * Everything in the residual stream before the unembedding, in the order embed, pos_embed and, layer by layer, the heads and the MLP;
 * without b_O (an MLP's b_out is part of what it writes). Where an intervention replaced the stream itself, the difference it made is
 * a part of its own, so that parts and biases always add up to the stream.
 */
export function streamParts(taken: TakenApart): StreamPart[] {
  const { run, model, interventions } = taken
  const { n_layers } = model.config
  const parts = [embedding(taken, 'embed'), embedding(taken, 'pos_embed')]
  for (let layer = 0; layer < n_layers; layer++) parts.push(...headParts(taken, layer), ...mlpParts(taken, layer))
  for (const layer of replacedLayers(interventions)) {
    const before = parts.filter((part) => part.readFrom <= layer)
    parts.push(
      replacement(taken, layer, [...before, outputBias(model, 0, layer)], activation(run, hookOf('resid_pre', layer))),
    )
  }
  return parts
}

/** The sum of b_O over the layers from `first` up to, not including, `end`; the same at every position. */
export function outputBias(model: WeightedModel, first: number, end: number): StreamPart {
  const data = new Float64Array(model.config.d_model)
  for (let layer = first; layer < end; layer++) {
    const bias = parameter(model, `blocks.${layer}.attn.b_O`)
    for (let index = 0; index < data.length; index++) data[index]! += bias[index]!
  }
  return { label: 'b_O', readFrom: end, replaced: false, data, first: 0, stride: 0 }
}

/** Layers whose incoming stream an intervention replaced, from the first on. */
function replacedLayers(interventions: readonly Intervention[]): number[] {
  const layers = interventions.filter(({ site }) => site === 'resid_pre').map(({ layer }) => layer)
  return [...new Set(layers)].sort((one, other) => one - other)
}

function embedding({ run, model, example }: TakenApart, label: 'embed' | 'pos_embed'): StreamPart {
  const { d_model } = model.config
  const data = rowsOf(activation(run, `hook_${label}`), example)
  return { label, readFrom: 0, replaced: false, data, first: 0, stride: d_model }
}

function headParts({ run, model, example }: TakenApart, layer: number): StreamPart[] {
  const { config } = model
  const result = activation(run, hookOf('result', layer))
  const [, extent, heads, width] = result.shape as [number, number, number, number]
  const data = rowsOf(result, example)
  const firstRow = rowOfPosition(extent, 0, config)
  const step = rowOfPosition(extent, 1, config) - firstRow
  return layerHeadLabels(layer, heads).map((label, head) => {
    const first = (firstRow * heads + head) * width
    return { label, readFrom: layer + 1, replaced: false, data, first, stride: step * heads * width }
  })
}

function mlpParts({ run, model, example }: TakenApart, layer: number): StreamPart[] {
  const { config } = model
  if (!hasMlp(config)) return []
  const written = activation(run, hookOf('mlp_out', layer))
  const [, extent, width] = written.shape as [number, number, number]
  const firstRow = rowOfPosition(extent, 0, config)
  const stride = (rowOfPosition(extent, 1, config) - firstRow) * width
  const data = rowsOf(written, example)
  return [{ label: mlpLabel(layer), readFrom: layer + 1, replaced: false, data, first: firstRow * width, stride }]
}

/**
 * One example's entries of an activation, in double precision: sums of parts are taken in it, and code that only ever meets
 * one type of array runs several times as fast. What is the same for every example may come with one row.
 */
function rowsOf({ data, shape }: Tensor, example: number): Float64Array {
  const size = data.length / shape[0]!
  const first = shape[0] === 1 ? 0 : example * size
  return new Float64Array(data.subarray(first, first + size))
}

/** What replacing the stream before `layer` added to it: the stream as it was left, less the parts written until then. */
function replacement(
  { model, example }: TakenApart,
  layer: number,
  before: readonly StreamPart[],
  stream: Tensor,
): StreamPart {
  const { n_ctx, d_model } = model.config
  const data = rowsOf(stream, example)
  for (const part of before)
    for (let position = 0; position < n_ctx; position++) {
      const offset = offsetAt(part, position)
      for (let index = 0; index < d_model; index++) data[position * d_model + index]! -= part.data[offset + index]!
    }
  return {
    label: `resid_pre ${layer} replaced`,
    readFrom: layer,
    replaced: true,
    data,
    first: 0,
    stride: d_model,
  }
}
