import type { Sum } from '../../core/sum'
import { tokensOf } from '../../core/tokens'
import type { TaskLayout } from '../../core/task-layout'
import type { ActivationCache, Model, RunOptions, Tokens } from '../../model/model'

/** Sums in one run: enough to be efficient, few enough that the activations stay in the processor's caches. */
export const batchSize = 200

/** Consecutive sums of a dataset, from `begin` (inclusive) to `end` (exclusive). */
export interface Batch {
  readonly begin: number
  readonly end: number
  readonly sums: readonly Sum[]
}

/** The sums in consecutive batches. */
export function* batchesOf(sums: readonly Sum[]): Generator<Batch> {
  for (let begin = 0; begin < sums.length; begin += batchSize) {
    const end = Math.min(sums.length, begin + batchSize)
    yield { begin, end, sums: sums.slice(begin, end) }
  }
}

/** The tokens of the sums, in the same batches: all at once would take 56 bytes a sum. */
export function* tokenBatches(sums: readonly Sum[], layout: TaskLayout): Generator<Tokens> {
  for (const batch of batchesOf(sums)) yield tokensOf(batch.sums, layout)
}

/** Runs the sums batch by batch and shows every batch's activations to `visit`, in order. */
export async function runBatches(
  model: Model,
  sums: readonly Sum[],
  optionsOf: (batch: Batch) => RunOptions | Promise<RunOptions>,
  visit: (run: ActivationCache, batch: Batch) => void | Promise<void>,
): Promise<void> {
  for (const batch of batchesOf(sums))
    await visit(await model.run(tokensOf(batch.sums, model.config.layout), await optionsOf(batch)), batch)
}
