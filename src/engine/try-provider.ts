import { sumDataset } from '../core/dataset'
import { defaultDataset } from '../core/task-layout'
import { tokensOf } from '../core/tokens'
import { hooksOf } from '../model/hooks'
import type { Model, Tokens } from '../model/model'
import type { ProviderTrial } from '../contract/provider-choice'
import { OnnxModel } from './onnx-model'

/** A sweep's batch: larger ones leave the processor's caches, smaller ones leave an accelerator idle. */
const sweepBatch = 256
/** Enough to compare every hook's arithmetic; a software driver would need a minute for a sweep's batch. */
const comparedSums = 16
const liveRuns = 20
const sweepRuns = 5
/** A provider that is far slower than the CPU need not be timed well, */
const longestTimingMs = 1000
/** and one this slow for a single sum is a software driver, which would take minutes for a sweep's batch. */
const hopelessMs = 50

/**
 * Runs a model on a provider, compares it with the CPU and times both uses. Rejects where the provider is missing or
 * fails. A faulty driver may end the process, so this belongs into one of its own (`trial-entry.ts`).
 */
export async function tryProvider(
  model: Pick<Model, 'name' | 'sha256' | 'config' | 'weights'>,
  provider: string,
): Promise<ProviderTrial> {
  const [tried, cpu] = [new OnnxModel(model, { provider }), new OnnxModel(model)]
  const { layout } = model.config
  const [one, some, batch] = [1, comparedSums, sweepBatch].map((size) =>
    tokensOf(sumDataset({ ...defaultDataset, size }, layout), layout),
  ) as [Tokens, Tokens, Tokens]
  const everything = hooksOf(model.config).map((hook) => hook.name)
  try {
    const maxDifference = largestDifference(await logitsOf(tried, some), await logitsOf(cpu, some))
    const liveMs = await medianMs(liveRuns, () => tried.run(one, { outputs: everything }))
    const sweep = liveMs > hopelessMs ? one : batch
    const sweepMs = await medianMs(sweepRuns, () => tried.run(sweep, { outputs: ['logits'] }))
    const sweepSums = sweep.shape[0]!
    return { provider, maxDifference, liveMs, sweepSums, sumsPerSecond: (1000 * sweepSums) / sweepMs }
  } finally {
    await Promise.all([tried.dispose(), cpu.dispose()])
  }
}

async function logitsOf(model: Model, tokens: Tokens): Promise<ArrayLike<number>> {
  const cache = await model.run(tokens, { outputs: ['logits'] })
  return cache.get('logits')!.data
}

/** Not a number anywhere counts as infinitely far. */
function largestDifference(a: ArrayLike<number>, b: ArrayLike<number>): number {
  return Array.from(a).reduce((largest, value, index) => {
    const difference = Math.abs(value - b[index]!)
    return Number.isNaN(difference) ? Infinity : Math.max(largest, difference)
  }, 0)
}

/** Median duration of up to `runs` runs, after one that is not counted. */
async function medianMs(runs: number, run: () => Promise<unknown>): Promise<number> {
  const durations: number[] = []
  await run()
  const end = performance.now() + longestTimingMs
  while (durations.length < 1 || (durations.length < runs && performance.now() < end)) {
    const started = performance.now()
    await run()
    durations.push(performance.now() - started)
  }
  return durations.toSorted((a, b) => a - b)[Math.floor(durations.length / 2)]!
}
