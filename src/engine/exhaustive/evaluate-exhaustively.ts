import { BadInput } from '../../core/bad-input'
import { operandLimit, type TaskLayout } from '../../core/task-layout'
import { evaluatedGroups } from '../../model/exhaustive/evaluated-sums'
import { listedWrongSums, type MeasuredEvaluation } from '../../model/exhaustive/evaluation'
import { growingChunks, type Range, type Shard, shardRange } from '../../model/exhaustive/shard'
import { groupSize } from '../../model/exhaustive/sum-groups'
import { checkIntervention } from '../../model/check-intervention'
import { formatIntervention } from '../../model/intervention-text'
import { type ChunkEvaluator, type EvaluatedModel, type EvaluationWay, everyWrongSum } from './chunk-evaluator'
import { EvaluationState } from './evaluation-state'
import { evaluatorKind } from './start-evaluator'

export interface ExhaustiveOptions {
  readonly model: EvaluatedModel
  readonly way: EvaluationWay
  readonly shard: Shard
  /** Where finished chunks are kept, so that a run that was stopped or killed goes on from there. */
  readonly statePath?: string
  /** Starts an evaluator; as many as `processes`, or as there are chunks left. */
  readonly start: () => Promise<ChunkEvaluator>
  readonly processes: number
  /**
   * Called after every chunk, and at once with what the state file has, with the number of sums that are done and how these
   * fare. The first chunks are small, and all are spread over the operands.
   */
  readonly progress: (done: number, total: number, soFar: MeasuredEvaluation) => void
  /** Stops the run, which then rejects with the signal's reason; what is finished stays in the state file. */
  readonly signal?: AbortSignal
}

/**
 * Evaluates every sum of a shard, or the sample where there are too many. Memory does not grow with their number. Throws BadInput
 * for a state file of something else.
 */
export async function evaluateExhaustively(options: ExhaustiveOptions): Promise<MeasuredEvaluation> {
  const { model, way, shard } = options
  const { config, sha256 } = model
  for (const intervention of way.interventions) checkIntervention(config, intervention)
  const range = shardRange(shard, evaluatedGroups(config.layout))
  const chunkSize = chunkSizeOf(range)
  const chunks = growingChunks(range, chunkSize)
  const sizes = chunks.map(({ begin, end }) => (end - begin) * groupSize)
  const task = {
    sha256,
    layout: config.layout,
    decoding: way.decoding,
    interventions: way.interventions.map((intervention) => formatIntervention(intervention, config)),
    computedBy: evaluatorKind(model, way),
    shard,
    chunkSize,
  }
  const state = await EvaluationState.open(task, sizes, options.statePath)
  try {
    return await evaluated(options, state, chunks)
  } finally {
    state.close()
  }
}

async function evaluated(
  { model, shard, start, processes, progress, signal }: ExhaustiveOptions,
  state: EvaluationState,
  chunks: readonly Range[],
): Promise<MeasuredEvaluation> {
  const { layout } = model.config
  const waiting = chunks.map((chunk, index) => ({ chunk, index })).filter(({ index }) => !state.isFinished(index))
  const total = chunks.reduce((sums, { begin, end }) => sums + (end - begin) * groupSize, 0)
  if (state.evaluation) progress(state.evaluation.n, total, state.evaluation)
  const work = async (evaluator: ChunkEvaluator): Promise<void> => {
    for (let next = waiting.shift(); next; next = waiting.shift()) {
      const evaluation = await evaluator.evaluate(next.chunk, unlistedFrom(state.evaluation, layout))
      signal?.throwIfAborted()
      state.add(next.index, evaluation)
      progress(state.evaluation!.n, total, state.evaluation!)
    }
  }
  const evaluators: Promise<ChunkEvaluator>[] = []
  const stopped = new Promise<never>((_, reject) => {
    signal?.addEventListener('abort', () => reject(signal.reason as Error), { once: true })
  })
  // Where nothing waits for it any more.
  stopped.catch(() => {})
  signal?.throwIfAborted()
  try {
    for (let count = Math.min(processes, waiting.length); count > 0; count--) evaluators.push(start())
    // One that has started need not wait for the others.
    await Promise.race([stopped, Promise.all(evaluators.map(async (evaluator) => work(await evaluator)))])
  } finally {
    waiting.length = 0
    await Promise.allSettled(evaluators.map(async (evaluator) => (await evaluator).release()))
  }
  if (!state.evaluation)
    throw new BadInput(`Shard ${shard.index}/${shard.count} has no sums in it; cut the work into fewer shards.`)
  return state.evaluation
}

/** The number (a * limit + b) from which on a wrong sum would be too late to be listed. */
export function unlistedFrom(soFar: MeasuredEvaluation | null, layout: TaskLayout): number {
  const last = soFar?.wrongSums[listedWrongSums - 1]
  return last ? last.a * operandLimit(layout) + last.b : everyWrongSum
}

/** So that a shard has some 100 chunks: little is lost when it is killed, and little time goes into comparing and keeping state. */
function chunkSizeOf({ begin, end }: Range): number {
  return Math.min(100_000, Math.max(250, Math.ceil((end - begin) / 100)))
}
