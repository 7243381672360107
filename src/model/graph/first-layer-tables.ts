import type { Value } from '../onnx/value'
import type { GraphContext } from './graph-context'
import { normalize } from './layer-norm'
import { project, type Letter } from './project'

/** Gives layer 0's queries, keys or values [example, position, head, d_head], of all heads or of the one that is computed. */
export type LookUp = (letter: Letter) => Value

/** What stands between the tokens and layer 0's heads: where it is edited, tables no longer hold. */
const upstream = [
  'hook_embed',
  'hook_pos_embed',
  'blocks.0.hook_resid_pre',
  'blocks.0.ln1.hook_scale',
  'blocks.0.ln1.hook_normalized',
]

/**
 * Layer 0 sees a token only through its position and its id, so its queries, keys and values are rows of tables with one
 * row for each position, token and head. onnxruntime computes the constant parts of a graph once, when the session is
 * made; a run then looks rows up instead of normalising and multiplying. Undefined where the specification wants no
 * tables or edits what they are made from.
 */
export function firstLayerTables(context: GraphContext, tokens: Value): LookUp | undefined {
  const { builder, config, spec } = context
  if (!spec.tables || upstream.some((hook) => context.replaces(hook))) return undefined
  const normalized = normalize(context, 'blocks.0.ln1', everyEmbedding(context))
  const rows = rowsOf(context, tokens)
  return (letter) => {
    const table = project(context, { layer: 0, letter }, normalized)
    const byHead = builder.op('Reshape', [table, builder.integers(-1, config.d_head)])
    return builder.op('Transpose', [builder.op('Gather', [byHead, rows])], { perm: [0, 2, 1, 3] })
  }
}

/** Every token at every position, [position, token, d_model]. */
function everyEmbedding(context: GraphContext): Value {
  const { builder, parameters } = context
  return builder.op('Add', [
    builder.op('Unsqueeze', [parameters('embed.W_E'), builder.integers(0)]),
    builder.op('Unsqueeze', [context.trimmed(parameters('pos_embed.W_pos'), [0]), builder.integers(1)]),
  ])
}

/** Where each head finds its row for a token, [example, head, position]: rows run over position, then token, then head. */
function rowsOf({ builder, config, length, head }: GraphContext, tokens: Value): Value {
  const { n_heads, d_vocab } = config
  const ofToken = builder.op('Mul', [tokens, builder.constant([1], Int32Array.of(n_heads))])
  const places = Int32Array.from({ length }, (_, position) => position * d_vocab * n_heads)
  const ofPlace = builder.op('Add', [ofToken, builder.constant([length], places)])
  const heads =
    head ??
    builder.constant(
      [n_heads, 1],
      Int32Array.from({ length: n_heads }, (_, index) => index),
    )
  return builder.op('Add', [builder.op('Unsqueeze', [ofPlace, builder.integers(1)]), heads])
}
