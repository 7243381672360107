import { z } from 'zod'
import type { AnalysisResult } from '../analyses/analysis'
import type { AnalysisId } from '../analyses/registry'
import { sumDataset } from '../core/dataset'
import { formatHeadSite, parseHeadSite, type HeadSite } from '../core/head-site'
import { answerPositions, operandPosition, plusPosition } from '../core/positions'
import { resamplePartners } from '../core/resample'
import type { TaskLayout } from '../core/task-layout'
import type { Tensor } from '../core/tensor'
import { tokensOf } from '../core/tokens'
import type { LabTiming } from '../engine/bench/lab-bench'
import type { ModelConfig } from '../model/config'
import type { Model } from '../model/model'
import type { Installation } from './installation'
import { runPeer, type Absent } from './peer'

const answerSchema = z.object({
  version: z.string(),
  tasks: z.record(
    z.string(),
    z.object({ milliseconds: z.array(z.number()).min(1), threads: z.number(), found: z.array(z.number().nullable()) }),
  ),
})

/** The same questions in TransformerLens. */
export interface LabPeer {
  readonly version: string
  /** By analysis; `threads` are as many as were faster, one or all. */
  readonly tasks: Readonly<
    Record<string, { readonly medianMs: number; readonly threads: number; readonly difference: number }>
  >
}

/** How often the peer answers each question after the first. */
const repeats = 3

/** Runs test/peers/transformer_lens_lab.py on the model's weights and sums, and holds what it finds against our answers. */
export function timeLabPeer(model: Model, timings: readonly LabTiming[], installation: Installation): Absent | LabPeer {
  const { config } = model
  const { layout } = config
  const sites = readSites(config)
  const tasks = timings.map(({ id, sums, params }) => {
    const at = (params?.at ?? []).map((text) => parseHeadSite(text, layout))
    const moved = id === 'transplant-map' ? sites : at
    return {
      name: id,
      tokens: [...tokensOf(sumDataset({ size: sums, seed: 42 }, layout), layout).data],
      ...(moved.length > 0 && {
        order: [...resamplePartners(sums, 42)],
        sites: moved.map(({ layer, head, position }) => [layer, head, position]),
      }),
    }
  })
  const run = runPeer('transformer_lens_lab.py', model, { places: placesOf(layout), repeats, tasks }, installation)
  if ('absent' in run) return run
  const answer = answerSchema.parse(run.answer)
  const compared = timings.map(({ id, result }) => {
    const { milliseconds, threads, found } = answer.tasks[id]!
    const medianMs = milliseconds.toSorted((one, other) => one - other)[milliseconds.length >> 1]!
    return [id, { medianMs, threads, difference: largestDifference(comparable(id, result, config), found) }] as const
  })
  return { version: answer.version, tasks: Object.fromEntries(compared) }
}

function placesOf(layout: TaskLayout) {
  const { operandDigits } = layout
  const from = (first: number) => Array.from({ length: operandDigits }, (_, digit) => first + digit)
  return { a: from(operandPosition(layout)), b: from(plusPosition(layout) + 1), predicting: answerPositions(layout) }
}

/** The sites that anything reads: the peer is spared the others, as our map is. */
function readSites({ n_layers, n_heads, n_ctx, layout }: ModelConfig): HeadSite[] {
  const predicting = answerPositions(layout)
  const all = Array.from({ length: n_layers * n_heads * n_ctx }, (_, index) => {
    const row = Math.floor(index / n_ctx)
    return { layer: Math.floor(row / n_heads), head: row % n_heads, position: index % n_ctx }
  })
  return all.filter(({ layer, position }) =>
    layer === n_layers - 1 ? predicting.includes(position) : position <= predicting.at(-1)!,
  )
}

/** What the peer's script tells of a question, out of our answer. */
function comparable(id: AnalysisId, result: AnalysisResult, config: ModelConfig): number[] {
  const of = (name: string) => result[name] as Tensor
  const { n_ctx, n_heads, layout } = config
  const { answerDigits } = layout
  const predicting = answerPositions(layout)
  const row = ({ data }: Tensor, first: number, length: number) => Array.from(data.subarray(first, first + length))
  switch (id) {
    case 'transplant-map': {
      const read = new Set(readSites(config).map((site) => formatHeadSite(site, layout)))
      const moved = of('moved')
      return Array.from({ length: moved.data.length / answerDigits }, (_, site) => site).flatMap((site) => {
        const place = Math.floor(site / n_ctx)
        const head = { layer: Math.floor(place / n_heads), head: place % n_heads, position: site % n_ctx }
        return read.has(formatHeadSite(head, layout)) ? row(moved, site * answerDigits, answerDigits) : []
      })
    }
    case 'transplant': {
      const share = of('share')
      return predicting.map((_, digit) => share.data[digit * share.shape[2]! + 1]!)
    }
    case 'carry-needles': {
      const area = of('attentionAuc')
      return Array.from({ length: area.data.length / answerDigits }, (_, entry) => entry)
        .filter((entry) => entry % n_ctx <= Math.floor(entry / n_ctx) % n_ctx)
        .flatMap((entry) => row(area, entry * answerDigits, answerDigits - 1))
    }
    case 'hierarchy': {
      const score = of('scoreA')
      const [heads, queries, columns] = score.shape as [number, number, number]
      return Array.from({ length: heads }, (_, head) => head).flatMap((head) =>
        predicting.flatMap((query) => row(score, (head * queries + query) * columns * 10, 10)),
      )
    }
    default:
      return Array.from(
        of({ interaction: 'loss', 'probe-map': 'accuracy', 'residual-circle': 'centroid' }[id as string]!).data,
      )
  }
}

/** Infinity where only one of the two has a value. */
function largestDifference(ours: readonly number[], found: readonly (number | null)[]): number {
  if (ours.length !== found.length) return Infinity
  return ours.reduce((largest, value, index) => {
    const other = found[index] ?? null
    if (Number.isNaN(value) || other === null) return Number.isNaN(value) && other === null ? largest : Infinity
    return Math.max(largest, Math.abs(value - other))
  }, 0)
}
