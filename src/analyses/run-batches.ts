import type { Sum } from '../core/sum'
import { tokensOf } from '../core/tokens'
import { batchSize } from '../model/mean-activations'
import type { ActivationCache, Model, RunOptions } from '../model/model'

/** Consecutive sums of a dataset, from `begin` (inclusive) to `end` (exclusive). */
export interface Batch {
  readonly begin: number
  readonly end: number
  readonly sums: readonly Sum[]
}

/** The sums in consecutive batches. */
export function batchesOf(sums: readonly Sum[]): Batch[] {
  return Array.from({ length: Math.ceil(sums.length / batchSize) }, (_, index) => {
    const begin = index * batchSize
    const end = Math.min(sums.length, begin + batchSize)
    return { begin, end, sums: sums.slice(begin, end) }
  })
}

/** Runs the sums batch by batch and shows every batch's activations to `visit`, in order. */
export async function runBatches(
  model: Model,
  sums: readonly Sum[],
  optionsOf: (batch: Batch) => RunOptions | Promise<RunOptions>,
  visit: (run: ActivationCache, batch: Batch) => void,
): Promise<void> {
  for (const batch of batchesOf(sums))
    visit(await model.run(tokensOf(batch.sums, model.config.numDigits), await optionsOf(batch)), batch)
}
