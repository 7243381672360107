import { mergeMeasured, speedup } from '../../model/exhaustive/evaluation'
import { chunksOf, shardRange } from '../../model/exhaustive/shard'
import { groupCount } from '../../model/exhaustive/sum-groups'
import { type EvaluatedModel, plainWay } from '../exhaustive/chunk-evaluator'
import { startEvaluator } from '../exhaustive/start-evaluator'

/** How fast every sum is evaluated, in sums per second of one core, and beside plain forward passes in the same run. */
export interface ExhaustiveRate {
  readonly exhaustiveSums: number
  readonly exhaustiveSumsPerSecond: number
  readonly exhaustiveSpeedup: number
}

/** Evaluates the middle one of `shards` shards on this thread, in pieces; one to warm up is not counted. */
export async function exhaustiveRate(model: EvaluatedModel, shards: number): Promise<ExhaustiveRate> {
  const shard = { index: Math.ceil(shards / 2), count: shards }
  const range = shardRange(shard, groupCount(model.config.layout))
  const pieces = chunksOf(range, Math.ceil((range.end - range.begin) / 20))
  const evaluator = await startEvaluator(model, plainWay)
  try {
    await evaluator.evaluate(pieces[0]!)
    const parts = []
    for (const piece of pieces) parts.push(await evaluator.evaluate(piece))
    const measured = mergeMeasured(parts)
    return {
      exhaustiveSums: measured.n,
      exhaustiveSumsPerSecond: measured.n / measured.cpuSeconds,
      exhaustiveSpeedup: speedup(measured),
    }
  } finally {
    await evaluator.release()
  }
}
