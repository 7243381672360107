import { spawnSync } from 'node:child_process'
import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { z } from 'zod'
import { sumDataset } from '../core/dataset'
import { defaultDataset } from '../core/task-layout'
import { tokensOf } from '../core/tokens'
import { plainSweep } from '../engine/bench/plain-runs'
import type { Model } from '../model/model'
import type { Installation } from './installation'

const answerSchema = z.object({
  version: z.string(),
  threads: z.number(),
  milliseconds: z.array(z.number()).min(1),
  lossDiff: z.array(z.number()),
})

/** The same sweep in TransformerLens, or a sentence saying why it was not run. */
export type PeerTiming =
  | { readonly absent: string }
  | { readonly version: string; readonly threads: number; readonly sweepMs: number; readonly difference: number }

/** Runs test/peers/transformer_lens_sweep.py on the model's weights with the Python that PYTHON names, by default python3. */
export async function timeTransformerLens(model: Model, { peersFolder }: Installation): Promise<PeerTiming> {
  const script = join(peersFolder, 'transformer_lens_sweep.py')
  if (!existsSync(script))
    return { absent: 'The comparison with TransformerLens needs a clone: its script is not part of the app.' }
  const python = process.env['PYTHON'] ?? 'python3'
  if (spawnSync(python, ['-c', 'import torch, transformer_lens']).status !== 0)
    return {
      absent: `TransformerLens was not measured: "${python}" has no torch and transformer_lens; see docs/command-line.md.`,
    }
  const dataset = sumDataset(defaultDataset, model.config.layout)
  const given = {
    config: model.config,
    parameters: Object.fromEntries(
      [...model.weights].map(([name, { shape, data }]) => [name, { shape, data: [...data] }]),
    ),
    tokens: [...tokensOf(dataset, model.config.layout).data],
    repeats: 5,
  }
  const { stdout, stderr, status } = spawnSync(python, [script], {
    input: JSON.stringify(given),
    encoding: 'utf8',
    maxBuffer: 2 ** 26,
  })
  if (status !== 0) return { absent: `TransformerLens was not measured: its script failed (${lastLine(stderr)}).` }
  const { version, threads, milliseconds, lossDiff } = answerSchema.parse(JSON.parse(lastLine(stdout)))
  const ours = await plainSweep(model, dataset)
  const difference = ours.reduce((largest, value, index) => Math.max(largest, Math.abs(value - lossDiff[index]!)), 0)
  return { version, threads, sweepMs: milliseconds.toSorted((a, b) => a - b)[milliseconds.length >> 1]!, difference }
}

function lastLine(text: string): string {
  return text.trim().split('\n').at(-1) ?? ''
}
