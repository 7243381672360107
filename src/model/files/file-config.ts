import { BadInput } from '../../core/bad-input'
import { contextLength, type TaskLayout } from '../../core/task-layout'
import type { ModelConfig } from '../config'

/** What a file says of its model: `n_ctx` positions, of which a sum may need fewer, and the layout where it is told. */
export type FileConfig = Omit<ModelConfig, 'layout'> & { readonly layout: TaskLayout | null }

/** The configuration under a layout, with the positions of a sum alone. Throws BadInput where a sum does not fit. */
export function runtimeConfig(sizes: Omit<ModelConfig, 'layout'>, layout: TaskLayout): ModelConfig {
  const length = contextLength(layout)
  if (sizes.n_ctx < length)
    throw new BadInput(
      `The configuration has n_ctx ${sizes.n_ctx}, but sums of its layout have ${length} tokens; correct n_ctx or the layout.`,
    )
  return { ...sizes, n_ctx: length, layout }
}
