import { hookNamed, shapeOfHook } from '../hooks'
import type { Value } from '../onnx/value'
import { fusedHeads, mixedValues, type AttentionOptions } from './attention'
import { sequenceAxes } from './computed-length'
import type { GraphContext } from './graph-context'
import { cleanInput } from './graph-spec'

/**
 * The residual stream after a layer of which a single head differs from the clean run: the clean one, and what that head
 * newly writes less what it wrote, (z - clean z) @ W_O. Its queries, keys and values are clean inputs where those are known.
 */
export function headAlone(context: GraphContext, layer: number, x: Value, options: AttentionOptions): Value {
  const { builder } = context
  const one = context.ofOneHead()
  const prefix = `blocks.${layer}.attn`
  const known = (hook: string): Value | undefined => {
    const ofAll = clean(context, hook)
    return ofAll && one.ofHead(hook, ofAll)
  }
  const z = mixedValues(one, layer, x, { ...options, known })
  const change = fusedHeads(one, prefix, builder.op('Sub', [z, known(`${prefix}.hook_z`)!]))
  const after = `blocks.${layer}.hook_resid_post`
  return context.hook(after, builder.op('Add', [change, clean(context, after)!]))
}

/** A hook's clean activation, at the positions that are computed; undefined where it is not known. */
function clean(context: GraphContext, hook: string): Value | undefined {
  const { builder, config, spec, type } = context
  if (!spec.known?.includes(hook)) return undefined
  const [, ...extents] = shapeOfHook(config, hookNamed(config, hook), 1, spec.positions)
  const input = builder.input(cleanInput(hook), type, ['N', ...extents])
  return context.trimmed(input, sequenceAxes(config, hook, spec))
}
