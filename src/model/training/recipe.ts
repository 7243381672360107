import { BadInput } from '../../core/bad-input'
import { checkConfig } from '../check-config'
import type { ModelConfig } from '../config'
import type { AdamOptions } from './adam'
import type { FreshSums } from './fresh-sums'
import type { Schedule } from './learning-rate'

/** The same sums in every epoch, in another order each time: `size` of them, drawn as torch draws them with the recipe's seed. */
export interface FixedSums {
  readonly kind: 'fixed'
  readonly size: number
}

/** Everything that a training's result depends on, besides the execution provider. */
export interface Recipe {
  readonly config: ModelConfig
  readonly seed: number
  readonly data: FreshSums | FixedSums
  readonly batchSize: number
  readonly schedule: Schedule
  /** What follows the schedule's last step: a shorter training on other sums, the optimizer begun anew. */
  readonly refinement?: { readonly data: FreshSums; readonly schedule: Schedule }
  readonly adam: AdamOptions
  /** Which weights are the result: those of the last step, or of the checkpoint with the lowest loss on held-out sums. */
  readonly keep: 'last' | 'best'
  /** Steps between two checkpoints: what an interruption costs at most. */
  readonly interval: number
}

/** Returns the recipe if it can be followed; otherwise throws BadInput naming the first number that is off. */
export function checkRecipe(recipe: Recipe): Recipe {
  const { batchSize, schedule, adam, data, seed, interval } = recipe
  checkConfig(recipe.config)
  whole('seed', seed, 0, 0xffffffff)
  whole('number of steps', schedule.steps, 1, 99_000_000)
  whole('number of warm-up steps', schedule.warmup, 0, schedule.steps)
  whole('batch size', batchSize, 1, 65_536)
  whole('number of steps between checkpoints', interval, 1, 100_000_000)
  fraction('learning rate', schedule.peak)
  fraction('final learning rate', schedule.final)
  fraction('weight decay', adam.weightDecay)
  if (data.kind === 'fresh') fraction('share of hard sums', data.hardShare)
  if (data.kind === 'fixed') whole('number of sums', data.size, batchSize, 1_000_000)
  return recipe
}

function whole(what: string, value: number, lowest: number, highest: number): void {
  if (!Number.isInteger(value) || value < lowest || value > highest)
    throw new BadInput(
      `The ${what} is ${value}, but it must be a whole number from ${lowest} to ${highest}; change it.`,
    )
}

function fraction(what: string, value: number): void {
  if (!(value >= 0 && value <= 1))
    throw new BadInput(`The ${what} is ${value}, but it must lie between 0 and 1; change it.`)
}
