import type { HeadSite } from '../../core/head-site'
import type { ModelConfig } from '../../model/config'
import { hookNamed, shapeOfHook } from '../../model/hooks'
import { hookOf, type Site } from '../../model/intervention'
import type { ActivationCache, Edit } from '../../model/model'

/** What of a head can be taken from another run. */
export const movable = ['q', 'k', 'v', 'pattern', 'z', 'result'] as const satisfies readonly Site[]
export type Movable = (typeof movable)[number]

/**
 * Edits that take an activation of heads at positions from other runs: `donor` holds the hooks, one row for each example. For
 * a run narrowed to `positions`, what the last layer does elsewhere is computed by nobody, and left out.
 */
export function siteEdits(
  config: ModelConfig,
  sites: readonly HeadSite[],
  of: Movable,
  donor: ActivationCache,
  positions: readonly number[],
): Edit[] {
  const layers = [...new Set(sites.map(({ layer }) => layer))]
  return layers.flatMap((layer) => {
    const name = hookOf(of, layer)
    const hook = hookNamed(config, name)
    const { data } = donor.get(name)!
    const shape = shapeOfHook(config, hook, 1, positions)
    const rowOf = (position: number) => (hook.narrowed ? positions.indexOf(position) : position)
    const here = sites.filter((site) => site.layer === layer && rowOf(site.position) >= 0)
    if (here.length === 0) return []
    const mask = new Uint8Array(shape[1]! * shape[2]!)
    for (const { head, position } of here)
      mask[of === 'pattern' ? head * shape[2]! + rowOf(position) : rowOf(position) * shape[2]! + head] = 1
    const examples = data.length / shape.reduce((product, extent) => product * extent, 1)
    const value = data instanceof Int32Array ? Float32Array.from(data) : data
    return [
      {
        hook: name,
        mask: { shape: [1, shape[1]!, shape[2]!, 1], data: mask },
        value: { shape: [examples, ...shape.slice(1)], data: value },
      },
    ]
  })
}
