import type { MeasuredEvaluation } from '../../model/exhaustive/evaluation'
import { type Range, type Shard, chunksOf, shardRange } from '../../model/exhaustive/shard'
import { groupCount, groupSize } from '../../model/exhaustive/sum-groups'
import { BadInput } from '../../core/bad-input'
import type { Decoding } from './answer-reader'
import { EvaluationState } from './evaluation-state'
import type { ChunkEvaluator, EvaluatedModel } from './group-evaluator'

export interface ExhaustiveOptions {
  readonly model: EvaluatedModel
  readonly shard: Shard
  readonly decoding: Decoding
  /** Where finished chunks are kept, so that a run that was killed goes on from there. */
  readonly statePath?: string
  /** Starts an evaluator; as many as `processes`, or as there are chunks left. */
  readonly start: () => Promise<ChunkEvaluator>
  readonly processes: number
  /** Called after every chunk with the number of sums that are done. */
  readonly progress: (done: number, total: number) => void
}

/** Evaluates every sum of a shard. Memory does not grow with their number. Throws BadInput for a state file of something else. */
export async function evaluateExhaustively(options: ExhaustiveOptions): Promise<MeasuredEvaluation> {
  const { model, shard, decoding } = options
  const range = shardRange(shard, groupCount(model.config.layout))
  const chunkSize = chunkSizeOf(range)
  const chunks = chunksOf(range, chunkSize)
  const sizes = chunks.map(({ begin, end }) => (end - begin) * groupSize)
  const task = { sha256: model.sha256, shard, decoding, chunkSize }
  const state = await EvaluationState.open(task, sizes, options.statePath)
  try {
    return await evaluated(options, state, chunks)
  } finally {
    state.close()
  }
}

async function evaluated(
  { shard, start, processes, progress }: ExhaustiveOptions,
  state: EvaluationState,
  chunks: readonly Range[],
): Promise<MeasuredEvaluation> {
  const waiting = chunks.map((chunk, index) => ({ chunk, index })).filter(({ index }) => !state.isFinished(index))
  const total = chunks.reduce((sums, { begin, end }) => sums + (end - begin) * groupSize, 0)
  const evaluators = await Promise.all(Array.from({ length: Math.min(processes, waiting.length) }, start))
  const work = async (evaluator: ChunkEvaluator): Promise<void> => {
    for (let next = waiting.shift(); next; next = waiting.shift()) {
      state.add(next.index, await evaluator.evaluate(next.chunk))
      progress(state.evaluation!.n, total)
    }
  }
  try {
    await Promise.all(evaluators.map(work))
  } finally {
    await Promise.all(evaluators.map((evaluator) => evaluator.release()))
  }
  if (!state.evaluation)
    throw new BadInput(`Shard ${shard.index}/${shard.count} has no sums in it; cut the work into fewer shards.`)
  return state.evaluation
}

/** So that a shard has some 250 chunks: little is lost when it is killed, and little time goes into keeping state. */
function chunkSizeOf({ begin, end }: Range): number {
  return Math.min(100_000, Math.max(250, Math.ceil((end - begin) / 250)))
}
