import { layerHeadLabels } from '../../core/heads'
import { mlpLabel } from '../../core/mlps'
import type { Intervention } from '../../model/intervention'
import type { WeightedModel } from './logit-map'
import { offsetAt, outputBias, type StreamPart } from './stream-parts'

/** A way to the logits: of these parts of the residual stream, straight on or through a head of the last layer. */
export interface Path {
  readonly label: string
  readonly parts: readonly StreamPart[]
  /** The last-layer head that it goes through; absent if it goes straight. */
  readonly through?: number
  /** Whether the bias on the way comes along: b_V and ln1's through a head, b_U and ln_final's straight. */
  readonly withBias?: boolean
  /** What is taken away again. */
  readonly less?: Path
}

/**
 * The notebook's paths in its order: the embeddings straight; each earlier head straight; the embeddings through each
 * last-layer head, named for that head; each earlier head through each of those. Earlier MLPs are sources as heads are.
 */
export function publishedPaths(parts: readonly StreamPart[], model: WeightedModel): Path[] {
  const [embed, posEmbed, ...earlier] = parts.filter((part) => !part.replaced && part.readFrom < model.config.n_layers)
  const embeddings = [gathered([embed!, posEmbed!], model)]
  return [
    { label: 'direct', parts: embeddings },
    ...earlier.map((source) => ({ label: source.label, parts: [source] })),
    ...lastHeads(model).map((label, through) => ({ label, parts: embeddings, through })),
    ...earlier.flatMap((source) => throughEach(model, source.label, [gathered([source], model)])),
  ]
}

/** What the last layer's MLP writes, in one path: it is not linear in what it reads. */
export function lastMlpPaths(parts: readonly StreamPart[], { config }: WeightedModel): Path[] {
  const label = mlpLabel(config.n_layers - 1)
  return parts.filter((part) => part.label === label).map((part) => ({ label, parts: [part] }))
}

/** What the biases add: the earlier b_O and each last-layer head's own through that head, every b_O straight, and b_U. */
export function biasPaths(model: WeightedModel): Path[] {
  const { n_layers } = model.config
  const earlier = outputBias(model, 0, n_layers - 1)
  return [
    ...throughEach(model, 'biases', [earlier]).map((path) => ({ ...path, withBias: true })),
    { label: 'b_O', parts: [outputBias(model, 0, n_layers)] },
    { label: 'b_U', parts: [], withBias: true },
  ]
}

/**
 * What interventions put in place of something on these paths: a replaced residual stream is a source like any other; a
 * last-layer head whose v, z or result was replaced adds what it then wrote, less what its paths would have brought.
 */
export function replacementPaths(
  parts: readonly StreamPart[],
  model: WeightedModel,
  interventions: readonly Intervention[],
): Path[] {
  const { n_layers } = model.config
  const streams = parts.filter((part) => part.replaced)
  const ablated = (head: number) =>
    interventions.some(
      (one) => one.layer === n_layers - 1 && one.head === head && ['v', 'z', 'result'].includes(one.site),
    )
  const read = [...parts.filter(({ readFrom }) => readFrom < n_layers), outputBias(model, 0, n_layers - 1)]
  const heads = lastHeads(model).flatMap((label, through) => {
    const written = parts.filter((part) => part.label === label)
    const less = { label, parts: read, through, withBias: true }
    return ablated(through) ? [{ label: `${label} replaced`, parts: written, less }] : []
  })
  return [
    ...streams.flatMap((stream) => [
      { label: stream.label, parts: [stream] },
      ...throughEach(model, stream.label, [stream]),
    ]),
    ...heads,
  ]
}

/** The sum of some parts that the last layer reads, at every position at once: what many paths begin with. */
function gathered(parts: readonly StreamPart[], { config }: WeightedModel): StreamPart {
  const { n_ctx, d_model } = config
  const sum = new Float64Array(n_ctx * d_model)
  for (const part of parts)
    for (let position = 0; position < n_ctx; position++) {
      const offset = offsetAt(part, position)
      for (let index = 0; index < d_model; index++) sum[position * d_model + index]! += part.data[offset + index]!
    }
  return { ...parts[0]!, data: sum, first: 0, stride: d_model }
}

function throughEach(model: WeightedModel, source: string, parts: readonly StreamPart[]): Path[] {
  return lastHeads(model).map((head, through) => ({ label: `${source} ➔ ${head}`, parts, through }))
}

function lastHeads({ config }: WeightedModel): readonly string[] {
  return layerHeadLabels(config.n_layers - 1, config.n_heads)
}
