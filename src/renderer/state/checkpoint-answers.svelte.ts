import { untrack } from 'svelte'
import { SvelteMap } from 'svelte/reactivity'
import type { AnalysisId, AnalysisParams, ParamsOf, ResultOf } from '../../analyses/registry'
import type { EngineClient } from '../../contract/contract'
import { failureOf } from '../../contract/failure'
import type { CheckpointOf } from '../../contract/training'

/** An analysis of a checkpoint. */
export interface CheckpointQuestion<Id extends AnalysisId> extends AnyQuestion {
  readonly id: Id
  readonly params: ParamsOf<Id>
}

/** Any of them, for what asks without knowing which. */
export interface AnyQuestion {
  readonly id: AnalysisId
  readonly params: AnalysisParams
  readonly of: CheckpointOf
}

/** So many run at a time: enough to keep the processes for analyses busy. */
const atATime = 2
/** So many are wanted and kept at most: all that is shown of a run of 300 checkpoints. */
const most = 2000

/** What was asked of checkpoints: answered one after the other, in the order in which it is wanted, and kept. */
export class CheckpointAnswers {
  readonly #answers = new SvelteMap<string, unknown>()
  /** What became of each. Not state: nothing is drawn from it. */
  #asked: Record<string, 'running' | 'answered' | 'refused'> = {}
  #running = 0
  /** What is wanted, by key, in the order in which it is. */
  #wanted: Readonly<Record<string, AnyQuestion>> = {}
  #failure = $state<string | null>(null)

  constructor(private readonly engine: EngineClient) {}

  /** Why the last one that failed did, in one sentence. */
  get failure(): string | null {
    return this.#failure
  }

  /** Null where it is not known. */
  of<Id extends AnalysisId>(question: CheckpointQuestion<Id>): ResultOf<Id> | null {
    return (this.#answers.get(keyOf(question)) as ResultOf<Id> | undefined) ?? null
  }

  /** Has these answered, the first ones first, in the place of all that was wanted before and has not begun. */
  want(questions: readonly AnyQuestion[]): void {
    this.#wanted = Object.fromEntries(questions.slice(0, most).map((question) => [keyOf(question), question]))
    // Whoever wants something need not want it again whenever an answer comes.
    untrack(() => this.#fill())
  }

  /** Asks again what failed. */
  retry(): void {
    this.#asked = Object.fromEntries(Object.entries(this.#asked).filter(([, state]) => state === 'running'))
    this.#failure = null
    this.#fill()
  }

  #fill(): void {
    for (const [key, question] of Object.entries(this.#wanted)) {
      if (this.#running >= atATime) return
      const isDue = this.#asked[key] === undefined || this.#asked[key] === 'answered'
      if (!this.#answers.has(key) && isDue) void this.#ask(key, question)
    }
  }

  async #ask(key: string, { id, params, of }: AnyQuestion): Promise<void> {
    this.#asked[key] = 'running'
    this.#running++
    try {
      const answer = await this.engine.call('analyze', { id, params: { ...params }, of })
      this.#makeRoom()
      this.#answers.set(key, answer)
      this.#asked[key] = 'answered'
    } catch (error) {
      this.#asked[key] = 'refused'
      this.#failure = failureOf(error).message
    }
    this.#running--
    this.#fill()
  }

  /** Gives up the oldest answer where there are too many, but none that is wanted: it would only be asked for again. */
  #makeRoom(): void {
    if (this.#answers.size < most) return
    const oldest = [...this.#answers.keys()].find((key) => this.#wanted[key] === undefined)
    if (oldest !== undefined) this.#answers.delete(oldest)
  }
}

function keyOf({ id, params, of }: AnyQuestion): string {
  return JSON.stringify([id, params, of])
}
