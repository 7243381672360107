import { logitLabels } from '../../core/tokens'
import { tensor } from '../../core/tensor'
import { hookOf } from '../../model/intervention'
import type { Model } from '../../model/model'
import { summed } from '../../model/summed-hook'
import type { AnalysisContext, AnalysisResult } from '../analysis'
import type { SumsParams } from '../parameters'
import { chosenSums } from '../running/chosen-sums'
import { runBatches } from '../running/run-batches'

/**
 * The key of every digit at every position in layer 0, [digit, position, head, d_head]. It depends on nothing else, so rows of
 * one digit, which are no sums, show them all: each with its own LayerNorm scale.
 */
export async function tokenKeys(model: Model): Promise<ArrayLike<number>> {
  const { n_ctx } = model.config
  const count = logitLabels.length
  const tokens = Int32Array.from({ length: count * n_ctx }, (_, index) => Math.floor(index / n_ctx))
  const hook = hookOf('k', 0)
  const run = await model.run(tensor(['example', 'position'], [count, n_ctx], tokens), { outputs: [hook] })
  return run.get(hook)!.data
}

/** Means over the sums that were run so far. */
export interface MeanReadings {
  readonly sums: number
  /** hook_q of layer 0, [position, head, d_head]. */
  readonly query: Float64Array
  /** hook_pattern of layer 0, [head, query, key]. */
  readonly pattern: Float64Array
}

/** Runs the chosen sums clean and makes a result of what layer 0 reads on average, also after the first of many batches. */
export async function meanReadings<R extends AnalysisResult>(
  { model, progress, schedule }: AnalysisContext,
  params: SumsParams,
  resultOf: (means: MeanReadings) => R,
): Promise<R> {
  const { config } = model
  const { n_ctx, n_heads, d_head } = config
  const sums = chosenSums(params, config.layout, schedule)
  const hooks = [hookOf('q', 0), hookOf('pattern', 0)] as const
  const totals = [new Float64Array(n_ctx * n_heads * d_head), new Float64Array(n_heads * n_ctx * n_ctx)] as const
  const means = (count: number): MeanReadings => {
    const [query, pattern] = totals.map((total) => total.map((value) => value / count))
    return { sums: count, query: query!, pattern: pattern! }
  }
  await runBatches(
    model,
    sums,
    () => ({ outputs: hooks.map(summed) }),
    (run, { begin, end }) => {
      hooks.forEach((hook, index) => {
        const sum = run.get(summed(hook))!.data
        for (let place = 0; place < sum.length; place++) totals[index]![place]! += sum[place]!
      })
      if (begin === 0 && end < sums.length) progress(end, sums.length, resultOf(means(end)))
      else progress(end, sums.length)
    },
  )
  return resultOf(means(sums.length))
}
