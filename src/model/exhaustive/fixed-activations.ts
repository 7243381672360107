import type { ModelConfig } from '../config'
import { hookOf, type Intervention, type Site } from '../intervention'
import type { Edit } from '../model'

/** Sites that tables of layer 0 express, and those of layer 1 that the kernel does. */
const known: readonly (readonly Site[])[] = [
  ['q', 'k', 'v', 'pattern', 'z', 'result', 'resid_pre'],
  ['q', 'z', 'result', 'resid_pre'],
]

/** Whether interventions are of the kind that leaves the same activation in every sum, where the kernel can put it. */
export function areKnownToKernel(interventions: readonly Intervention[]): boolean {
  return interventions.every(({ site, layer, mode }) => mode !== 'resample' && known[layer]?.includes(site))
}

/** What edits that are the same for every sum leave of an activation. */
export class FixedActivations {
  readonly #config: ModelConfig
  readonly #edits: ReadonlyMap<string, Edit>

  constructor(config: ModelConfig, edits: readonly Edit[]) {
    this.#config = config
    this.#edits = new Map(edits.map((edit) => [edit.hook, edit]))
  }

  /** What stands at a position, or is a query's pattern, of a head (0 where there are none); undefined where it is computed. */
  at(site: Site, layer: number, position: number, head = 0): ArrayLike<number> | undefined {
    const { n_heads, n_ctx } = this.#config
    const edit = this.#edits.get(hookOf(site, layer))
    if (!edit) return undefined
    const cell =
      site === 'resid_pre' ? position : site === 'pattern' ? head * n_ctx + position : position * n_heads + head
    if (edit.mask.data[cell] !== 1) return undefined
    const width = edit.value.shape.at(-1)!
    return edit.value.data.subarray(cell * width, (cell + 1) * width)
  }
}
