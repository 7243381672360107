import { uniformInt } from 'pure-rand/distribution/uniformInt'
import { sumDataset } from '../../core/dataset'
import { tokensOf } from '../../core/tokens'
import { contextLength } from '../../core/task-layout'
import { freshTokens } from './fresh-sums'
import { phaseAt } from './phase'
import { randomStream } from './random-stream'
import type { Recipe } from './recipe'

/** The tokens [example, position] of the batch of a step, counted from 1: the same for the same recipe and step. */
export type Batches = (step: number) => Int32Array

export function batchesOf(recipe: Recipe): Batches {
  const { config, batchSize, seed } = recipe
  const fixed = recipe.data.kind === 'fixed' ? epochBatches(recipe, recipe.data.size) : null
  return (step) => {
    const { data } = phaseAt(recipe, step)
    return data.kind === 'fresh' ? freshTokens(data, config.layout, batchSize, seed, step) : fixed!(step)
  }
}

/** Batches of a fixed set, shuffled anew in every epoch; what does not fill a last batch is left out of that epoch. */
function epochBatches({ config, batchSize, seed }: Recipe, size: number): Batches {
  const length = contextLength(config.layout)
  const tokens = tokensOf(sumDataset({ size, seed }, config.layout), config.layout).data as Int32Array
  const stepsPerEpoch = Math.floor(size / batchSize)
  let known = { epoch: -1, order: new Int32Array() }
  return (step) => {
    const epoch = Math.floor((step - 1) / stepsPerEpoch)
    if (known.epoch !== epoch) known = { epoch, order: shuffled(size, seed, epoch) }
    const first = ((step - 1) % stepsPerEpoch) * batchSize
    const batch = new Int32Array(batchSize * length)
    for (let row = 0; row < batchSize; row++) {
      const example = known.order[first + row]!
      batch.set(tokens.subarray(example * length, (example + 1) * length), row * length)
    }
    return batch
  }
}

/** The numbers below `size` in a random order (Fisher and Yates). */
function shuffled(size: number, seed: number, epoch: number): Int32Array<ArrayBuffer> {
  const generator = randomStream(seed, 'order of sums', epoch)
  const order = Int32Array.from({ length: size }, (_, index) => index)
  for (let last = size - 1; last > 0; last--) {
    const other = uniformInt(generator, 0, last)
    const moved = order[last]!
    order[last] = order[other]!
    order[other] = moved
  }
  return order
}
