import { z } from 'zod'
import { sumDataset } from '../core/dataset'
import { defaultDataset } from '../core/task-layout'
import { tokensOf } from '../core/tokens'
import { plainSweep } from '../engine/bench/plain-runs'
import type { Model } from '../model/model'
import type { Installation } from './installation'
import { runPeer, type Absent } from './peer'

const answerSchema = z.object({
  version: z.string(),
  threads: z.number(),
  devices: z
    .array(
      z.object({
        device: z.string(),
        sweepMs: z.number(),
        lossDiff: z.array(z.number()),
        oneSumMs: z.number(),
        sumsPerSecond: z.number(),
      }),
    )
    .min(1),
})

/** What TransformerLens takes on one of torch's devices for what the bench times; medians. */
interface DeviceTiming {
  /** As torch names it: `cpu`, `cuda`. */
  readonly device: string
  /** Milliseconds. */
  readonly sweepMs: number
  /** One sum with every activation, in milliseconds. */
  readonly oneSumMs: number
  /** Of 1000 sums scored at once. */
  readonly sumsPerSecond: number
  /** Largest distance of a loss difference from ours, in nats. */
  readonly difference: number
}

/** The same in TransformerLens, the CPU first, or a sentence saying why it was not run. */
export type PeerTiming =
  Absent | { readonly version: string; readonly threads: number; readonly devices: readonly DeviceTiming[] }

/** Runs test/peers/transformer_lens_sweep.py on the model's weights. */
export async function timeTransformerLens(model: Model, installation: Installation): Promise<PeerTiming> {
  const dataset = sumDataset(defaultDataset, model.config.layout)
  const given = { tokens: [...tokensOf(dataset, model.config.layout).data], repeats: 5 }
  const run = runPeer('transformer_lens_sweep.py', model, given, installation)
  if ('absent' in run) return run
  const { version, threads, devices } = answerSchema.parse(run.answer)
  const ours = await plainSweep(model, dataset)
  const from = (found: readonly number[]) =>
    ours.reduce((largest, value, index) => Math.max(largest, Math.abs(value - found[index]!)), 0)
  return {
    version,
    threads,
    devices: devices.map(({ lossDiff, ...timing }) => ({ ...timing, difference: from(lossDiff) })),
  }
}
