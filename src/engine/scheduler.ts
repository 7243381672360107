import type { Priority } from '../contract/contract'

/** Awaited by a job between its chunks: lets messages in and returns when no more urgent job is left. Throws if cancelled. */
export type Turn = () => Promise<void>

interface Job {
  readonly rank: number
  wake: () => void
}

const ranks: Readonly<Record<Priority, number>> = { live: 0, single: 1, sweep: 2, background: 3 }

/**
 * Who computes next in this one process. Live overtakes single overtakes sweep overtakes background; equals go in order of
 * arrival. Nothing is interrupted: a job gives way where it awaits its turn, so it does that every few milliseconds.
 */
export class Scheduler {
  /** The most urgent first: only that one is computing. */
  readonly #jobs: Job[] = []

  async run<T>(priority: Priority, signal: AbortSignal, work: (turn: Turn) => Promise<T>): Promise<T> {
    const job: Job = { rank: ranks[priority], wake: () => {} }
    const place = this.#jobs.findIndex(({ rank }) => rank > job.rank)
    this.#jobs.splice(place < 0 ? this.#jobs.length : place, 0, job)
    const wakeToThrow = () => {
      job.wake()
    }
    signal.addEventListener('abort', wakeToThrow)
    const turn = () => this.#turn(job, signal)
    try {
      await turn()
      return await work(turn)
    } finally {
      signal.removeEventListener('abort', wakeToThrow)
      this.#jobs.splice(this.#jobs.indexOf(job), 1)
      this.#jobs[0]?.wake()
    }
  }

  async #turn(job: Job, signal: AbortSignal): Promise<void> {
    // A macrotask: messages that have arrived (a keystroke, a cancellation) are delivered before the next chunk begins.
    await new Promise((resolve) => setImmediate(resolve))
    while (this.#jobs[0] !== job && !signal.aborted)
      await new Promise<void>((resolve) => {
        job.wake = resolve
      })
    signal.throwIfAborted()
  }
}
