import { readFile } from 'node:fs/promises'
import { isDeepStrictEqual } from 'node:util'
import { z } from 'zod'
import { BadInput } from '../../core/bad-input'
import type { TaskLayout } from '../../core/task-layout'
import { destinationOf } from '../../files/destination'
import { type Lock, takeLock } from '../../files/lock'
import { systemCode, systemReason } from '../../files/system-reason'
import { checkWritable, writeWhole } from '../../files/whole-file'
import { type MeasuredEvaluation, mergeMeasured } from '../../model/exhaustive/evaluation'
import { layoutSchema } from '../../model/input-schemas'
import type { Shard } from '../../model/exhaustive/shard'
import type { Decoding } from './answer-reader'
import { measuredEvaluationSchema } from './evaluation-schema'

/** What has to be the same for finished chunks to be of use. */
export interface EvaluationTask {
  readonly sha256: string
  readonly layout: TaskLayout
  readonly decoding: Decoding
  /** As the command line writes them; their means are over the reference set. */
  readonly interventions: readonly string[]
  /** See `EvaluatorKind`. */
  readonly computedBy: string
  readonly shard: Shard
  /** Groups in a chunk. */
  readonly chunkSize: number
}

/** How many sums each chunk of a task has. */
export type ChunkSizes = readonly number[]

const stateSchema = z.object({
  task: z.object({
    sha256: z.string(),
    layout: layoutSchema,
    decoding: z.enum(['teacher-forced', 'greedy']),
    interventions: z.array(z.string()),
    computedBy: z.string(),
    shard: z.object({ index: z.int(), count: z.int() }),
    chunkSize: z.int(),
  }),
  finished: z.array(z.int().min(0)),
  evaluation: measuredEvaluationSchema.nullable(),
})

/** The finished chunks of an evaluation, added up; kept in a file, if there is one, after each. */
export class EvaluationState {
  readonly #task: EvaluationTask
  readonly #path: string | undefined
  readonly #finished = new Set<number>()
  #evaluation: MeasuredEvaluation | null = null
  readonly #lock: Lock | undefined

  private constructor(task: EvaluationTask, path: string | undefined) {
    this.#task = task
    this.#path = path
    this.#lock = path === undefined ? undefined : lockFor(path)
  }

  /**
   * Takes up what the file holds, if it exists, and keeps other runs from it until it is closed. Throws BadInput where one
   * has it, where the file belongs to another task or is no such file, and where it could not be written.
   */
  static async open(task: EvaluationTask, chunks: ChunkSizes, path: string | undefined): Promise<EvaluationState> {
    const state = new EvaluationState(task, path)
    try {
      const text = path === undefined ? undefined : await readIfThere(path)
      if (text !== undefined) state.#restore(path!, text, chunks)
      return state
    } catch (error) {
      state.close()
      throw error
    }
  }

  /** Lets other runs have the file. */
  close(): void {
    this.#lock?.release()
  }

  get evaluation(): MeasuredEvaluation | null {
    return this.#evaluation
  }

  isFinished(chunk: number): boolean {
    return this.#finished.has(chunk)
  }

  /** Adds a chunk, on the disk too when this returns. Throws BadInput where it cannot be written. */
  add(chunk: number, evaluation: MeasuredEvaluation): void {
    this.#finished.add(chunk)
    this.#evaluation = this.#evaluation ? mergeMeasured([this.#evaluation, evaluation]) : evaluation
    if (this.#path === undefined) return
    const state = { task: this.#task, finished: [...this.#finished], evaluation: this.#evaluation }
    try {
      writeWhole(this.#path, JSON.stringify(state))
    } catch (error) {
      throw new BadInput(
        `The state "${this.#path}" could not be written (${systemReason(error)}): make room or choose another with --state; it holds what was finished before.`,
      )
    }
  }

  #restore(path: string, text: string, chunks: ChunkSizes): void {
    const state = stateSchema.safeParse(parsed(text))
    if (!state.success)
      throw new BadInput(
        `The file "${path}" is not the state of an evaluation, or of one that another version began; choose another with --state.`,
      )
    const { task, finished, evaluation } = state.data
    if (!isDeepStrictEqual(task, { ...this.#task })) throw new BadInput(belongsElsewhere(path, task, this.#task))
    const sums = finished.reduce((total, chunk) => total + (chunks[chunk] ?? NaN), 0)
    if (new Set(finished).size < finished.length || sums !== (evaluation?.n ?? 0))
      throw new BadInput(
        `The file "${path}" says that ${evaluation?.n ?? 0} sums are done, but its chunks have others; delete it and evaluate anew, or choose another with --state.`,
      )
    for (const chunk of finished) this.#finished.add(chunk)
    this.#evaluation = evaluation
  }
}

function belongsElsewhere(path: string, found: EvaluationTask, wanted: EvaluationTask): string {
  const isSameWork = isDeepStrictEqual({ ...found, computedBy: '' }, { ...wanted, computedBy: '' })
  const { sha256, shard, decoding, interventions, computedBy } = found
  const under = interventions.length > 0 ? `, under ${interventions.length} interventions` : ''
  return isSameWork
    ? `The file "${path}" was begun by "${computedBy}", but this run computes by "${wanted.computedBy}", whose margins differ in their last digits; choose another with --state.`
    : `The file "${path}" belongs to another evaluation (model ${sha256.slice(0, 8)}, shard ${shard.index}/${shard.count}, ${decoding}${under}); choose another with --state.`
}

/** Throws BadInput where another run has the file or nothing can be written there. */
function lockFor(path: string): Lock {
  try {
    const place = destinationOf(path)
    if (place === null) throw new Error('it is no file')
    checkWritable(place)
    return takeLock(
      `${place}.lock`,
      (holder) =>
        `The state "${path}" is in use by another run (${holder}): wait for it, or choose another with --state.`,
    )
  } catch (error) {
    if (error instanceof BadInput) throw error
    throw new BadInput(`The state "${path}" cannot be kept (${systemReason(error)}); choose another with --state.`)
  }
}

async function readIfThere(path: string): Promise<string | undefined> {
  try {
    return await readFile(path, 'utf8')
  } catch (error) {
    if (systemCode(error) === 'ENOENT') return undefined
    throw new BadInput(`The file "${path}" cannot be read (${systemReason(error)}); choose another with --state.`)
  }
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}
