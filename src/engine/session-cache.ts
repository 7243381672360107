import type { InferenceSession } from './onnxruntime'

interface Entry {
  readonly session: Promise<InferenceSession>
  runs: number
}

/**
 * Keeps the `capacity` most recently used onnxruntime sessions. What is put out is released at once, since the collector
 * does not see native memory, or as soon as its last run has ended.
 */
export class SessionCache {
  /** A Map iterates in order of insertion, so the first key is the one unused the longest. */
  readonly #entries = new Map<string, Entry>()

  constructor(private readonly capacity: number) {}

  get size(): number {
    return this.#entries.size
  }

  /** Runs `work` with the session of this key, creating it where it is not there; a session that fails is not kept. */
  async use<T>(
    key: string,
    create: () => Promise<InferenceSession>,
    work: (session: InferenceSession) => Promise<T>,
  ): Promise<T> {
    const entry = this.#entries.get(key) ?? { session: create(), runs: 0 }
    this.#entries.delete(key)
    this.#entries.set(key, entry)
    this.#shrink()
    entry.runs++
    try {
      return await work(await this.#created(key, entry))
    } finally {
      entry.runs--
      if (this.#entries.get(key) !== entry) await release(entry)
    }
  }

  /** Releases every session. */
  async clear(): Promise<void> {
    const entries = [...this.#entries.values()]
    this.#entries.clear()
    await Promise.all(entries.map(release))
  }

  async #created(key: string, entry: Entry): Promise<InferenceSession> {
    try {
      return await entry.session
    } catch (error) {
      if (this.#entries.get(key) === entry) this.#entries.delete(key)
      throw error
    }
  }

  #shrink(): void {
    while (this.#entries.size > this.capacity) {
      const [key, entry] = this.#entries.entries().next().value!
      this.#entries.delete(key)
      void release(entry)
    }
  }
}

/** Does nothing while a run is under way: the last one to end releases. */
async function release(entry: Entry): Promise<void> {
  if (entry.runs > 0) return
  const session = await entry.session.catch(() => undefined)
  await session?.release()
}
