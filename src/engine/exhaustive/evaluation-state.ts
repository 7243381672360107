import { readFile } from 'node:fs/promises'
import { z } from 'zod'
import { BadInput } from '../../core/bad-input'
import { type MeasuredEvaluation, mergeMeasured } from '../../model/exhaustive/evaluation'
import type { Shard } from '../../model/exhaustive/shard'
import { writeAtomically } from '../training/atomic-file'
import type { Decoding } from './answer-reader'
import { measuredEvaluationSchema } from './evaluation-schema'

/** What has to be the same for finished chunks to be of use. */
export interface EvaluationTask {
  readonly sha256: string
  readonly shard: Shard
  readonly decoding: Decoding
  /** Groups in a chunk. */
  readonly chunkSize: number
}

const stateSchema = z.object({
  task: z.object({
    sha256: z.string(),
    shard: z.object({ index: z.int(), count: z.int() }),
    decoding: z.enum(['teacher-forced', 'greedy']),
    chunkSize: z.int(),
  }),
  finished: z.array(z.int()),
  evaluation: measuredEvaluationSchema.nullable(),
})

/** The finished chunks of an evaluation, added up; kept in a file, if there is one, after each. */
export class EvaluationState {
  readonly #task: EvaluationTask
  readonly #path: string | undefined
  readonly #finished = new Set<number>()
  #evaluation: MeasuredEvaluation | null = null
  #written: Promise<void> = Promise.resolve()

  private constructor(task: EvaluationTask, path: string | undefined) {
    this.#task = task
    this.#path = path
  }

  /** Takes up what the file holds, if it exists. Throws BadInput where it belongs to another task or is no such file. */
  static async open(task: EvaluationTask, path: string | undefined): Promise<EvaluationState> {
    const state = new EvaluationState(task, path)
    const text = path === undefined ? undefined : await readIfThere(path)
    if (text !== undefined) state.#restore(path!, text)
    return state
  }

  get evaluation(): MeasuredEvaluation | null {
    return this.#evaluation
  }

  isFinished(chunk: number): boolean {
    return this.#finished.has(chunk)
  }

  /** Adds a chunk, and resolves when that is on the disk. */
  async add(chunk: number, evaluation: MeasuredEvaluation): Promise<void> {
    this.#finished.add(chunk)
    this.#evaluation = this.#evaluation ? mergeMeasured([this.#evaluation, evaluation]) : evaluation
    // One after the other: each writes all that is known when its turn comes.
    this.#written = this.#written.then(() => this.#write())
    return this.#written
  }

  async #write(): Promise<void> {
    if (this.#path === undefined) return
    const state = { task: this.#task, finished: [...this.#finished], evaluation: this.#evaluation }
    await writeAtomically(this.#path, JSON.stringify(state))
  }

  #restore(path: string, text: string): void {
    const state = stateSchema.safeParse(parsed(text))
    if (!state.success)
      throw new BadInput(`The file "${path}" is not the state of an evaluation; choose another with --state.`)
    const { task, finished, evaluation } = state.data
    if (JSON.stringify(task) !== JSON.stringify(this.#task))
      throw new BadInput(
        `The file "${path}" belongs to another evaluation (model ${task.sha256.slice(0, 8)}, shard ${task.shard.index}/${task.shard.count}, ${task.decoding}); choose another with --state.`,
      )
    for (const chunk of finished) this.#finished.add(chunk)
    this.#evaluation = evaluation
  }
}

async function readIfThere(path: string): Promise<string | undefined> {
  try {
    return await readFile(path, 'utf8')
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return undefined
    throw new BadInput(`The file "${path}" cannot be read (${(error as Error).message}); choose another with --state.`)
  }
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}
