import type { AnalysisResult } from '../../analyses/analysis'
import type { AnalysisId, AnalysisParams } from '../../analyses/registry'
import type { EngineHandlers } from '../../contract/rpc-server'
import { durationsInTurn } from './duration'

/** One question of the carry lab: what is asked of so many sums, and how long it may take. */
export interface LabTask {
  readonly id: AnalysisId
  readonly name: string
  readonly sums: number
  readonly wantedMs: number
  readonly params?: AnalysisParams
}

/** What the lab asks when it is opened and used, in the order in which it is measured. */
export const labTasks: readonly LabTask[] = [
  { id: 'transplant-map', name: 'every site alone', sums: 1000, wantedMs: 300 },
  { id: 'transplant', name: 'one site', sums: 1000, wantedMs: 60, params: { at: ['H0.0@='] } },
  { id: 'interaction', name: 'all subsets of heads', sums: 1000, wantedMs: 250 },
  { id: 'carry-needles', name: 'needles', sums: 4000, wantedMs: 600 },
  { id: 'probe-map', name: 'probes', sums: 4000, wantedMs: 600 },
  { id: 'hierarchy', name: 'race', sums: 1000, wantedMs: 60 },
  { id: 'residual-circle', name: 'circle', sums: 1000, wantedMs: 60 },
]

/** A question as it was answered. */
export interface LabTiming extends LabTask {
  readonly medianMs: number
  /** The answer over the sums of seed 42, to be compared. */
  readonly result: AnalysisResult
}

/**
 * Times the carry lab's questions in turn, `repeats` times after one round to warm up. Every round is of other sums, because the engine
 * remembers its clean runs; within a round one question may find what another has run, as in the window.
 */
export async function runLabBench(
  engine: Pick<EngineHandlers, 'analyze'>,
  { repeats = 7, tasks = labTasks }: { readonly repeats?: number; readonly tasks?: readonly LabTask[] } = {},
): Promise<readonly LabTiming[]> {
  const ask = ({ id, sums, params }: LabTask, seed: number) =>
    engine.analyze(
      { id, params: { ...params, dataset: { size: sums, seed } } },
      { signal: new AbortController().signal, progress: () => undefined },
    )
  const results: AnalysisResult[] = []
  for (const task of tasks) results.push(await ask(task, 42))
  const durations = await durationsInTurn(
    repeats,
    tasks.map((task) => (round: number) => ask(task, 43 + round)),
  )
  return tasks.map((task, index) => ({ ...task, medianMs: durations[index]!.median, result: results[index]! }))
}
