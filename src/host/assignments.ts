/** What a process is wanted for: an answer that it gives alone, or a share of one that all of them give. */
export type Part = 'single' | 'share'

interface Waiting<W> {
  readonly part: Part
  readonly take: (worker: W) => void
}

/**
 * Which process does what. In order of arrival, but a single answer waits for no sweep, whose shares keep every process: it is
 * given beside one, which gives way to it.
 */
export class Assignments<W> {
  readonly #parts: ReadonlyMap<W, Set<Part>>
  readonly #waiting: Waiting<W>[] = []

  /** `joins` tells whether a process that is at a share can do something else beside it. */
  constructor(
    workers: readonly W[],
    private readonly joins: (worker: W) => boolean,
  ) {
    this.#parts = new Map(workers.map((worker) => [worker, new Set<Part>()]))
  }

  isIdle(worker: W): boolean {
    return this.#parts.get(worker)!.size === 0
  }

  /** A process for this part until it is released. Rejects with the reason `cancelled` when the signal fires before there is one. */
  take(part: Part, signal: AbortSignal, cancelled: () => Error): Promise<W> {
    if (signal.aborted) return Promise.reject(cancelled())
    const free = this.#free(part)
    if (free) return Promise.resolve(this.#give(free, part))
    return new Promise((resolve, reject) => {
      const leave = () => {
        this.#waiting.splice(this.#waiting.indexOf(waiting), 1)
        reject(cancelled())
      }
      const waiting = {
        part,
        take: (worker: W) => {
          signal.removeEventListener('abort', leave)
          resolve(worker)
        },
      }
      this.#waiting.push(waiting)
      signal.addEventListener('abort', leave, { once: true })
    })
  }

  release(worker: W, part: Part): void {
    this.#parts.get(worker)!.delete(part)
    this.serve()
  }

  /** Gives those that wait what there is for them: to be called when a process can be joined that could not before. */
  serve(): void {
    for (const waiting of [...this.#waiting.filter(isSingle), ...this.#waiting.filter((each) => !isSingle(each))]) {
      const free = this.#free(waiting.part)
      if (!free) continue
      this.#waiting.splice(this.#waiting.indexOf(waiting), 1)
      waiting.take(this.#give(free, waiting.part))
    }
  }

  #give(worker: W, part: Part): W {
    this.#parts.get(worker)!.add(part)
    return worker
  }

  #free(part: Part): W | undefined {
    const workers = [...this.#parts.keys()]
    const idle = workers.find((worker) => this.isIdle(worker))
    if (idle || part === 'share') return idle
    return workers.find((worker) => !this.#parts.get(worker)!.has('single') && this.joins(worker))
  }
}

function isSingle({ part }: { readonly part: Part }): boolean {
  return part === 'single'
}
