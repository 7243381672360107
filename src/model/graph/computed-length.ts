import type { ModelConfig } from '../config'
import { hookNamed } from '../hooks'
import { hooksOfOutputs, type GraphSpec } from './graph-spec'

/**
 * Axes of a hook along which every position of the sum stands, narrowed or not: those that lose what lies after the last
 * position that is asked for.
 */
export function sequenceAxes(config: ModelConfig, hook: string, { positions }: GraphSpec): number[] {
  const { dims, narrowed } = hookNamed(config, hook)
  return dims.flatMap((dim, axis) => {
    const isSequence = dim === 'key' || ((dim === 'position' || dim === 'query') && !(narrowed && positions))
    return isSequence ? [axis] : []
  })
}

/**
 * How many positions, from the first, have to be computed. No position sees a later one, unless attention itself is
 * replaced; so where only some are asked for and no output shows the others, what comes after the last is left out.
 */
export function computedLength(config: ModelConfig, spec: GraphSpec): number {
  const shown = hooksOfOutputs(spec).filter((hook) => hook !== 'dla')
  const replaced = [...(spec.edits ?? []), ...(spec.given ?? [])]
  const isCausal = !replaced.some((hook) => /hook_(attn_scores|pattern)$/.test(hook))
  if (!spec.positions || !isCausal || shown.some((hook) => sequenceAxes(config, hook, spec).length > 0))
    return config.n_ctx
  return Math.max(...spec.positions) + 1
}
