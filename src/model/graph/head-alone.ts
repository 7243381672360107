import { hookNamed, shapeOfHook } from '../hooks'
import { streamAfterAttention } from '../shared-with-clean'
import type { Value } from '../onnx/value'
import { fusedHeads, mixedValues, type AttentionOptions } from './attention'
import { sequenceAxes } from './computed-length'
import type { GraphContext } from './graph-context'
import { cleanInput } from './graph-spec'

/** What a head's z is made of. */
const mixed = ['q', 'k', 'v', 'attn_scores', 'pattern'] as const

/**
 * The residual stream after the attention of a layer of which a single head differs from the clean run: the clean one, and what
 * that head newly writes less what it wrote, (z - clean z) @ W_O. Its queries, keys and values are clean inputs where those are known;
 * where nothing before z is replaced, z itself is, and only the edit of it remains to be made.
 */
export function headAlone(context: GraphContext, layer: number, x: Value, options: AttentionOptions): Value {
  const { builder, spec } = context
  const one = context.ofOneHead()
  const prefix = `blocks.${layer}.attn`
  const cleanly = (hook: string): Value => clean(context, hook, (ofAll) => one.ofHead(hook, ofAll))
  const known = (hook: string): Value | undefined => (spec.known?.includes(hook) ? cleanly(hook) : undefined)
  const isMixed = mixed.some((site) => context.replaces(`${prefix}.hook_${site}`))
  const newlyMixed = isMixed ? mixedValues(one, layer, x, { ...options, known }) : undefined
  const cleanZ = cleanly(`${prefix}.hook_z`)
  const z = newlyMixed ?? one.hook(`${prefix}.hook_z`, cleanZ)
  const change = fusedHeads(one, prefix, builder.op('Sub', [z, cleanZ]))
  return builder.op('Add', [change, clean(context, streamAfterAttention(context.config, layer))])
}

/** A hook's clean activation, or a part of it, at the positions that are computed. */
function clean(context: GraphContext, hook: string, part = (whole: Value): Value => whole): Value {
  const { builder, config, spec, type } = context
  const [, ...extents] = shapeOfHook(config, hookNamed(config, hook), 1, spec.positions)
  const input = builder.input(cleanInput(hook), type, ['N', ...extents])
  return context.trimmed(part(input), sequenceAxes(config, hook, spec))
}
