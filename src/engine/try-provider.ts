import { sumDataset } from '../core/dataset'
import { tokensOf } from '../core/tokens'
import { hooksOf } from '../model/hooks'
import type { Model, Tokens } from '../model/model'
import type { ProviderTrial } from '../shared/provider-choice'
import { OnnxModel } from './onnx-model'

/** A sweep's batch: larger ones leave the processor's caches, smaller ones leave an accelerator idle. */
const sweepBatch = 256
const liveRuns = 20
const sweepRuns = 5

/**
 * Runs a model on a provider, compares it with the CPU and times both uses. Rejects where the provider is missing or
 * fails. A faulty driver may end the process, so this belongs into one of its own (`trial-entry.ts`).
 */
export async function tryProvider(
  model: Pick<Model, 'name' | 'sha256' | 'config' | 'weights'>,
  provider: string,
): Promise<ProviderTrial> {
  const [tried, cpu] = [new OnnxModel(model, { provider }), new OnnxModel(model)]
  const { numDigits } = model.config
  const batch = tokensOf(sumDataset({ size: sweepBatch, seed: 42 }, numDigits), numDigits)
  const one = tokensOf(sumDataset({ size: 1, seed: 42 }, numDigits), numDigits)
  const everything = hooksOf(model.config).map((hook) => hook.name)
  try {
    const maxDifference = largestDifference(await logitsOf(tried, batch), await logitsOf(cpu, batch))
    const liveMs = await medianMs(liveRuns, () => tried.run(one, { outputs: everything }))
    const batchMs = await medianMs(sweepRuns, () => tried.run(batch, { outputs: ['logits'] }))
    return { provider, maxDifference, liveMs, sumsPerSecond: (1000 * sweepBatch) / batchMs }
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

/** Median duration of a number of runs, after one that is not counted. */
async function medianMs(runs: number, run: () => Promise<unknown>): Promise<number> {
  const durations: number[] = []
  await run()
  for (let index = 0; index < runs; index++) {
    const started = performance.now()
    await run()
    durations.push(performance.now() - started)
  }
  return durations.toSorted((a, b) => a - b)[Math.floor(runs / 2)]!
}
