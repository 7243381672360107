import { hookOf } from '../../model/intervention'
import { isCentring } from '../../model/normalization'
import { scaleHooks } from './attribution'
import { layerNorm, parameter } from './logit-map'
import { activation, offsetAt, outputBias, streamParts, type StreamPart, type TakenApart } from './stream-parts'

/** What each component contributes to a layer's queries or keys. */
export interface ReadingParts {
  readonly labels: readonly string[]
  /** [part, position, head, d_head] */
  readonly data: Float64Array
  /** Where the vector of a part at a position for a head begins. */
  offset(part: number, position: number, head: number): number
}

/**
 * Takes the queries or keys of a layer apart: what each component of the residual stream adds through the LayerNorm, whose scale is
 * taken as it is in the run; then the bias; and last what neither explains, put there by interventions.
 */
export function readingParts(taken: TakenApart, layer: number, letter: 'Q' | 'K'): ReadingParts {
  const { run, model } = taken
  const { config } = model
  const { n_ctx, n_heads, d_head } = config
  const components = [...streamParts(taken).filter(({ readFrom }) => readFrom <= layer), outputBias(model, 0, layer)]
  const labels = [...components.map(({ label }) => label), 'bias', 'rest']
  const size = n_ctx * n_heads * d_head
  const data = new Float64Array(labels.length * size)
  const [scaleHook] = scaleHooks(config, [`blocks.${layer}.ln1`])
  const scale = scaleHook === undefined ? undefined : activation(run, scaleHook).data
  components.forEach((component, part) => {
    for (let position = 0; position < n_ctx; position++)
      project(taken, { layer, letter }, normalized(taken, layer, component, position, scale?.[position] ?? 1), {
        data,
        offset: part * size + position * n_heads * d_head,
      })
  })
  const bias = biasOf(taken, layer, letter)
  for (let position = 0; position < n_ctx; position++)
    data.set(bias, components.length * size + position * n_heads * d_head)
  const actual = activation(run, hookOf(letter === 'Q' ? 'q' : 'k', layer)).data
  const rest = (components.length + 1) * size
  for (let index = 0; index < size; index++) {
    data[rest + index] = actual[index]!
    for (let part = 0; part <= components.length; part++) data[rest + index]! -= data[part * size + index]!
  }
  return { labels, data, offset: (part, position, head) => part * size + (position * n_heads + head) * d_head }
}

/** A part at a position as the layer reads it, without the normalization's bias. */
function normalized(
  { model }: TakenApart,
  layer: number,
  part: StreamPart,
  position: number,
  scale: number,
): Float64Array {
  const { d_model } = model.config
  const { weight } = layerNorm(model, `blocks.${layer}.ln1`)
  const first = offsetAt(part, position)
  const vector = part.data.slice(first, first + d_model)
  const mean = isCentring(model.config) ? vector.reduce((sum, value) => sum + value / d_model, 0) : 0
  return vector.map((value, index) => ((value - mean) / scale) * weight[index]!)
}

interface Reading {
  readonly layer: number
  readonly letter: 'Q' | 'K'
}

/** Writes vector @ W of every head to the target. */
function project(
  { model }: TakenApart,
  { layer, letter }: Reading,
  vector: Float64Array,
  target: { readonly data: Float64Array; readonly offset: number },
): void {
  const { n_heads, d_head, d_model } = model.config
  const W = parameter(model, `blocks.${layer}.attn.W_${letter}`)
  for (let head = 0; head < n_heads; head++)
    for (let row = 0; row < d_model; row++)
      for (let index = 0; index < d_head; index++)
        target.data[target.offset + head * d_head + index]! +=
          vector[row]! * W[(head * d_model + row) * d_head + index]!
}

/** b_Q or b_K, and what the normalization's bias adds, [head, d_head]. */
function biasOf(taken: TakenApart, layer: number, letter: 'Q' | 'K'): Float64Array {
  const { model } = taken
  const data = Float64Array.from(parameter(model, `blocks.${layer}.attn.b_${letter}`))
  const { bias } = layerNorm(model, `blocks.${layer}.ln1`)
  project(taken, { layer, letter }, Float64Array.from(bias), { data, offset: 0 })
  return data
}
