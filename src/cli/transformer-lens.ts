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
  milliseconds: z.array(z.number()).min(1),
  lossDiff: z.array(z.number()),
})

/** The same sweep in TransformerLens, or a sentence saying why it was not run. */
export type PeerTiming =
  Absent | { readonly version: string; readonly threads: number; readonly sweepMs: number; readonly difference: number }

/** Runs test/peers/transformer_lens_sweep.py on the model's weights. */
export async function timeTransformerLens(model: Model, installation: Installation): Promise<PeerTiming> {
  const dataset = sumDataset(defaultDataset, model.config.layout)
  const given = { tokens: [...tokensOf(dataset, model.config.layout).data], repeats: 5 }
  const run = runPeer('transformer_lens_sweep.py', model, given, installation)
  if ('absent' in run) return run
  const { version, threads, milliseconds, lossDiff } = answerSchema.parse(run.answer)
  const ours = await plainSweep(model, dataset)
  const difference = ours.reduce((largest, value, index) => Math.max(largest, Math.abs(value - lossDiff[index]!)), 0)
  return { version, threads, sweepMs: milliseconds.toSorted((a, b) => a - b)[milliseconds.length >> 1]!, difference }
}
