import { BadInput } from '../../core/bad-input'
import type { ModelConfig } from '../../model/config'
import { hookNamed } from '../../model/hooks'
import type { Tensor } from '../../core/tensor'

/** How many numbers a hook has at each position. Throws BadInput where it has no positions, as a pattern. */
export function widthAt(config: ModelConfig, name: string): number {
  const { dims } = hookNamed(config, name)
  if (dims[1] !== 'position')
    throw new BadInput(
      `"${name}" has the axes ${dims.slice(1).join(', ')} and no one vector at a position: choose a hook such as blocks.0.hook_resid_post or blocks.0.attn.hook_z.`,
    )
  const extents: Record<string, number> = {
    d_model: config.d_model,
    head: config.n_heads,
    d_head: config.d_head,
    vocab: config.d_vocab,
    scale: 1,
  }
  return dims.slice(2).reduce((product, dim) => product * (extents[dim] ?? config.d_mlp ?? 1), 1)
}

/** Copies every example's numbers at a row of the position axis into `target`, from the `begin`-th example on. */
export function copyRows({ data, shape }: Tensor, row: number, target: Float32Array, begin: number): void {
  const [examples, rows] = shape as [number, number]
  const width = data.length / (examples * rows)
  for (let example = 0; example < examples; example++) {
    const from = (example * rows + row) * width
    const to = (begin + example) * width
    for (let index = 0; index < width; index++) target[to + index] = data[from + index]!
  }
}
