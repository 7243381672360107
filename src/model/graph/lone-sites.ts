import { answerPositions } from '../../core/positions'
import { hasMlp, type ModelConfig } from '../config'
import { hookNamed, shapeOfHook } from '../hooks'
import { hookOf } from '../intervention'
import { GraphBuilder } from '../onnx/builder'
import type { Value } from '../onnx/value'
import { streamAfterAttention } from '../shared-with-clean'
import type { Weights } from '../weights'
import { sequenceAxes } from './computed-length'
import { GraphContext } from './graph-context'
import { bakedParameters } from './graph-parameters'
import { cleanInput, donorInput } from './graph-spec'
import { normalize } from './layer-norm'
import { LoneEdits } from './lone-edits'
import { LoneKeys } from './lone-keys'
import { loneQueries } from './lone-queries'
import { afterMlp } from './mlp'
import { unembeddable, unembedRows } from './unembed-rows'

/** Which graph is wanted. */
export interface LoneSitesSpec {
  readonly places: readonly number[]
  /** Whether interventions act: then heads' results take the place of their z, and the last layer can be edited (`loneEditable`). */
  readonly edited: boolean
}

/**
 * The graph in which each head of the last two layers at each of `places` is alone taken from another run. Inputs: hook_z of both
 * layers (or hook_result), of the recipients (`cleanInput`) and of the donors (`donorInput`), and the recipients' stream after either's
 * attention. Outputs: logits, as `LoneLogits` has them, of those sites that something reads.
 *
 * A head of the layer before the last at one position changes the stream there and nowhere else: one key and one value of the
 * last layer, and, where the position predicts, one query. What the other positions are to the last layer is computed once for all
 * sites. A head of the last layer changes the logits where it stands alone.
 */
export function loneSitesGraph(config: ModelConfig, weights: Weights, { places, edited }: LoneSitesSpec): Uint8Array {
  const builder = new GraphBuilder('lone-sites')
  const positions = answerPositions(config.layout)
  const parameters = bakedParameters(builder, weights, 'float32')
  const context = new GraphContext(builder, config, parameters, { outputs: ['logits'], positions })
  const { n_heads, n_layers } = config
  const last = n_layers - 1
  const asked = places.filter((place) => positions.includes(place))

  const stream = recipients(context, streamAfterAttention(config, last - 1))
  const withMoved = (layer: number, of: Value, rows: readonly number[]) => {
    const base = builder.op('Unsqueeze', [context.atPositions(of, rows), builder.integers(2)])
    const change = edited
      ? difference(context, hookOf('result', layer), rows)
      : writtenDifference(context, weights, layer, rows)
    const moved = builder.op('Add', [base, change])
    return builder.op('Reshape', [moved, builder.integers(0, rows.length * n_heads, config.d_model)])
  }
  const through = (x: Value) => (hasMlp(config) ? afterMlp(context, last - 1, config.act_fn, x) : x)
  const [clean, moved] = [through(stream), through(withMoved(last - 1, stream, places))]
  const [x, y] = [clean, moved].map((rows) => normalize(context, `blocks.${last}.ln1`, rows)) as [Value, Value]
  const keys = new LoneKeys(context, last, x, y, places, new LoneEdits(context, last, edited))
  builder.output(unembedRows(context, keys.stream(context.atPositions(clean, positions))), 'early')
  if (asked.length > 0) {
    builder.output(unembedRows(context, loneQueries(keys, asked, moved)), 'own')
    const narrowed = asked.map((place) => positions.indexOf(place))
    const ofLast = withMoved(last, recipients(context, streamAfterAttention(config, last)), narrowed)
    builder.output(unembedRows(context, unembeddable(context, ofLast)), 'last')
  }
  return builder.build()
}

/** What each head at each row of the position axis writes in the donors' run, less what it writes: [example, row, head, d_model]. */
function writtenDifference(context: GraphContext, weights: Weights, layer: number, rows: readonly number[]): Value {
  const { builder, config } = context
  const { n_heads, d_head, d_model } = config
  const change = difference(context, hookOf('z', layer), rows)
  const flat = builder.op('Reshape', [change, builder.integers(0, rows.length, n_heads * d_head)])
  const written = builder.op('MatMul', [flat, headsApart(context, weights, layer)])
  return builder.op('Reshape', [written, builder.integers(0, rows.length, n_heads, d_model)])
}

/** A hook of the donors less that of the recipients, [example, row, head, ..]. */
function difference(context: GraphContext, hook: string, rows: readonly number[]): Value {
  const [donors, own] = [given(context, donorInput(hook), hook), recipients(context, hook)]
  return context.builder.op('Sub', [context.atPositions(donors, rows), context.atPositions(own, rows)])
}

/** W_O of the heads along the diagonal, [head * d_head, head * d_model], so that one product keeps them apart. */
function headsApart({ builder, config }: GraphContext, weights: Weights, layer: number): Value {
  const { n_heads, d_head, d_model } = config
  const { data } = weights.get(`blocks.${layer}.attn.W_O`)!
  const apart = new Float32Array(n_heads * d_head * n_heads * d_model)
  for (let row = 0; row < n_heads * d_head; row++)
    for (let column = 0; column < d_model; column++)
      apart[(row * n_heads + Math.floor(row / d_head)) * d_model + column] = data[row * d_model + column]!
  return builder.constant([n_heads * d_head, n_heads * d_model], apart)
}

function recipients(context: GraphContext, hook: string): Value {
  return given(context, cleanInput(hook), hook)
}

/** An activation that is an input; the same one where it has been asked for before. */
function given(context: GraphContext, input: string, hook: string): Value {
  const { builder, config, spec, type } = context
  const [, ...extents] = shapeOfHook(config, hookNamed(config, hook), 1, spec.positions)
  const known = builder.inputs.find(({ name }) => name === input)
  return context.trimmed(known ?? builder.input(input, type, ['N', ...extents]), sequenceAxes(config, hook, spec))
}
