import { hasMlp } from '../config'
import type { Value } from '../onnx/value'
import { attention, type AttentionOptions } from './attention'
import { directLogitAttribution } from './dla'
import { firstLayerTables } from './first-layer-tables'
import type { GraphContext } from './graph-context'
import { startInput, tokensInput } from './graph-spec'
import { headAlone } from './head-alone'
import { layerNorm } from './layer-norm'
import { afterMlp } from './mlp'

/**
 * Writes the model's forward pass into the context's builder and returns every activation by its hook name, with
 * `logits` [example, position, vocab] and, on request, `dla`. What turns out not to be needed is left out when the graph
 * is built.
 */
export function forward(context: GraphContext): ReadonlyMap<string, Value> {
  const { builder, config, parameters, spec } = context
  const first = spec.startLayer ?? 0
  const tokens = context.trimmed(builder.input(tokensInput, 'int32', ['N', config.n_ctx]), [1])
  const lookUp = spec.startLayer === undefined ? firstLayerTables(context, tokens) : undefined
  let residual = spec.startLayer === undefined ? embedding(context, tokens) : startingResidual(context, first)
  for (let layer = first; layer < config.n_layers; layer++)
    residual = block(context, layer, residual, {
      positions: layer === config.n_layers - 1 ? spec.positions : undefined,
      lookUp: layer === 0 ? lookUp : undefined,
    })
  const normalized = layerNorm(context, 'ln_final', residual)
  const unembedded = builder.op('MatMul', [normalized, parameters('unembed.W_U')])
  context.hook('logits', builder.op('Add', [unembedded, parameters('unembed.b_U')]))
  if (context.needs('dla')) context.hook('dla', directLogitAttribution(context))
  return context.hooks
}

function startingResidual(context: GraphContext, layer: number): Value {
  const { builder, config, type } = context
  return context.trimmed(builder.input(startInput(layer), type, ['N', config.n_ctx, config.d_model]), [1])
}

function embedding(context: GraphContext, tokens: Value): Value {
  const { builder, parameters } = context
  const embed = context.hook('hook_embed', builder.op('Gather', [parameters('embed.W_E'), tokens]))
  const shared = builder.op('Unsqueeze', [context.trimmed(parameters('pos_embed.W_pos'), [0]), builder.integers(0)])
  // Positions are the same for every example; only who asks for the hook gets it with their axis.
  const none = builder.op('Sub', [embed, embed])
  const pos = context.hook(
    'hook_pos_embed',
    context.needs('hook_pos_embed') ? builder.op('Add', [none, shared]) : shared,
  )
  return builder.op('Add', [embed, pos])
}

/** One transformer block: the residual stream after it, at the options' positions only where those are given. */
function block(context: GraphContext, layer: number, residual: Value, options: AttentionOptions): Value {
  const before = context.hook(`blocks.${layer}.hook_resid_pre`, residual)
  const normalized = layerNorm(context, `blocks.${layer}.ln1`, before)
  const after = afterAttention(context, layer, before, normalized, options)
  const { config } = context
  return hasMlp(config)
    ? afterMlp(context, layer, config.act_fn, after)
    : context.hook(`blocks.${layer}.hook_resid_post`, after)
}

function afterAttention(
  context: GraphContext,
  layer: number,
  before: Value,
  normalized: Value,
  options: AttentionOptions,
): Value {
  if (context.head && layer === (context.spec.startLayer ?? 0)) return headAlone(context, layer, normalized, options)
  const written = attention(context, layer, normalized, options)
  return context.builder.op('Add', [context.atPositions(before, options.positions), written])
}
