import { BadInput } from '../core/bad-input'
import { checkLayout, contextLength, symbolTexts } from '../core/task-layout'
import { activationFunctions, type ModelConfig } from './config'

/** What this family of models may look like: inclusive lowest and highest value of each size. */
const limits = {
  n_layers: [1, 4],
  n_heads: [1, 8],
  d_model: [2, 1024],
  d_head: [1, 256],
  d_vocab: [symbolTexts.length, 1024],
} as const satisfies Partial<Record<keyof ModelConfig, readonly [number, number]>>

/** Returns the configuration if a model of this family can have it; otherwise throws BadInput naming the first field that is off. */
export function checkConfig(config: ModelConfig): ModelConfig {
  for (const [field, [lowest, highest]] of Object.entries(limits) as [keyof typeof limits, [number, number]][]) {
    const value = config[field]
    if (!Number.isInteger(value) || value < lowest || value > highest)
      throw new BadInput(
        `The configuration has ${field} ${value}, but it must be a whole number from ${lowest} to ${highest}; choose a model of that size.`,
      )
  }
  checkLayout(config.layout, config.d_vocab)
  const length = contextLength(config.layout)
  if (config.n_ctx !== length)
    throw new BadInput(
      `The configuration has n_ctx ${config.n_ctx}, but sums of its layout have ${length} tokens; correct n_ctx or the layout.`,
    )
  checkMlp(config)
  if (!(config.eps > 0 && config.eps < 1))
    throw new BadInput(
      `The configuration has eps ${config.eps}, but LayerNorm's epsilon must lie between 0 and 1; it usually is 1e-5.`,
    )
  return config
}

function checkMlp({ d_mlp, act_fn }: ModelConfig): void {
  if (d_mlp === undefined && act_fn === undefined) return
  const [lowest, highest] = [1, 4096]
  if (!Number.isInteger(d_mlp) || d_mlp! < lowest || d_mlp! > highest)
    throw new BadInput(
      `The configuration has d_mlp ${d_mlp}, but an MLP has a whole number of neurons from ${lowest} to ${highest}; correct d_mlp, or leave out act_fn where there are no MLPs.`,
    )
  if (!activationFunctions.includes(act_fn!))
    throw new BadInput(
      `The configuration has act_fn ${act_fn}, but MLPs compute with ${activationFunctions.join(', ')} here; correct act_fn or choose such a model.`,
    )
}
