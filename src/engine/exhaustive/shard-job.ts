import { mkdirSync } from 'node:fs'
import { dirname } from 'node:path'
import type { JobAnswer, JobRequest } from '../../contract/exhaustive-job'
import { BadInput } from '../../core/bad-input'
import { type Lock, takeLock } from '../../files/lock'
import { systemReason } from '../../files/system-reason'
import { type MeasuredEvaluation, mergeMeasured } from '../../model/exhaustive/evaluation'
import { shardRange } from '../../model/exhaustive/shard'
import { evaluatedCount, evaluatedGroups } from '../../model/exhaustive/evaluated-sums'
import { loadModel } from '../load-model'
import { everySumOf } from './every-sum'
import { forgetOldest, forgetPart, type KeptQuestion, partPath, readPart, writePart } from './kept-part'
import { evaluatorKind, startEvaluator } from './start-evaluator'
import type { EvaluationWay } from './chunk-evaluator'
import { unlistedFrom } from './evaluate-exhaustively'
import { checkIntervention } from '../../model/check-intervention'

/** How long a chunk of work is to take, and how often it is told of and kept; ms. */
const [chunkMs, tellMs, keepMs] = [400, 250, 1000]
/** Groups in the first chunk, so that something is soon known, and in the largest. */
const [firstChunk, largestChunk] = [250, 20_000]

/** Evaluates a part of all sums in this process, or tells what is kept of all parts. Throws BadInput. */
export async function runJob(request: JobRequest, tell: (answer: JobAnswer) => void): Promise<void> {
  const { action, folder, shard, interventions } = request
  const { model, info } = await loadModel(request.model, { checksAdding: false })
  const { sha256, config } = model
  for (const intervention of interventions) checkIntervention(config, intervention)
  const way: EvaluationWay = { decoding: 'teacher-forced', interventions }
  const question: KeptQuestion = {
    computedBy: evaluatorKind(model, way),
    sha256,
    layout: config.layout,
    processing: info.processing,
    interventions,
  }
  const total = evaluatedCount(config.layout)
  const rangeOf = (index: number) => shardRange({ index, count: shard.count }, evaluatedGroups(config.layout))
  if (action === 'look') {
    const parts = Array.from({ length: shard.count }, (_, at) => {
      const index = at + 1
      return {
        ...readPart(partPath(folder, question, { index, count: shard.count }), question),
        end: rangeOf(index).end,
      }
    })
    const evaluations = parts.flatMap(({ evaluation }) => evaluation ?? [])
    const evaluation = evaluations.length > 0 ? everySumOf(mergeMeasured(evaluations)) : null
    tell({ kind: 'part', total, evaluation, finished: evaluation !== null && evaluation.n === total })
    return
  }
  const path = partPath(folder, question, shard)
  forgetOldest(folder)
  const lock = lockFor(path)
  try {
    if (action === 'again') forgetPart(path)
    const { begin, end } = rangeOf(shard.index)
    let { next, evaluation } = readPart(path, question)
    if (evaluation === null || next < begin || next > end) next = begin
    const say = (finished: boolean) => {
      tell({ kind: 'part', total, evaluation: evaluation && everySumOf(evaluation), finished })
    }
    say(next === end)
    if (next === end) return
    const evaluator = await startEvaluator(model, way)
    let [size, told, kept] = [firstChunk, -Infinity, performance.now()]
    while (next < end) {
      const began = performance.now()
      const chunk = { begin: next, end: Math.min(end, next + size) }
      const part: MeasuredEvaluation = await evaluator.evaluate(chunk, unlistedFrom(evaluation, config.layout))
      evaluation = evaluation ? mergeMeasured([evaluation, part]) : part
      next = chunk.end
      const now = performance.now()
      size = nextSize(size, now - began)
      if (next === end || now - kept >= keepMs) {
        writePart(path, question, { next, evaluation })
        kept = now
      }
      if (next < end && now - told < tellMs) continue
      say(next === end)
      told = now
    }
    await evaluator.release()
  } finally {
    lock.release()
  }
}

/** Towards the time that a chunk is to take, at most doubled. */
function nextSize(size: number, ms: number): number {
  const wanted = Math.round((size * chunkMs) / Math.max(ms, 1))
  return Math.max(25, Math.min(largestChunk, 2 * size, wanted))
}

function lockFor(path: string): Lock {
  try {
    mkdirSync(dirname(path), { recursive: true })
    return takeLock(
      `${path}.lock`,
      (holder) =>
        `Every sum of this model is being evaluated by another Carryscope (${holder}): wait for it, or close it.`,
    )
  } catch (error) {
    if (error instanceof BadInput) throw error
    throw new BadInput(
      `What is evaluated cannot be kept in "${dirname(path)}" (${systemReason(error)}): make room there, or allow writing, then run again.`,
    )
  }
}
