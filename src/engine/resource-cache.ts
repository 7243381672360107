interface Entry<T> {
  readonly resource: Promise<T>
  uses: number
}

/**
 * Keeps the `capacity` most recently used of what has native memory, which the collector does not see. What is put out is released
 * at once, or as soon as its last use has ended.
 */
export class ResourceCache<T> {
  /** A Map iterates in order of insertion, so the first key is the one unused the longest. */
  readonly #entries = new Map<string, Entry<T>>()

  constructor(
    private readonly capacity: number,
    private readonly release: (resource: T) => Promise<void>,
  ) {}

  get size(): number {
    return this.#entries.size
  }

  /** Runs `work` with the resource of this key, creating it where it is not there; one that could not be created is not kept. */
  async use<R>(key: string, create: () => Promise<T>, work: (resource: T) => Promise<R>): Promise<R> {
    const entry = this.#entries.get(key) ?? { resource: create(), uses: 0 }
    this.#entries.delete(key)
    this.#entries.set(key, entry)
    this.#shrink()
    entry.uses++
    try {
      return await work(await this.#created(key, entry))
    } finally {
      entry.uses--
      if (this.#entries.get(key) !== entry) await this.#release(entry)
    }
  }

  /** Releases everything. */
  async clear(): Promise<void> {
    const entries = [...this.#entries.values()]
    this.#entries.clear()
    await Promise.all(entries.map((entry) => this.#release(entry)))
  }

  async #created(key: string, entry: Entry<T>): Promise<T> {
    try {
      return await entry.resource
    } catch (error) {
      if (this.#entries.get(key) === entry) this.#entries.delete(key)
      throw error
    }
  }

  #shrink(): void {
    while (this.#entries.size > this.capacity) {
      const [key, entry] = this.#entries.entries().next().value!
      this.#entries.delete(key)
      void this.#release(entry)
    }
  }

  /** Does nothing while it is used: the last use to end releases it. */
  async #release(entry: Entry<T>): Promise<void> {
    if (entry.uses > 0) return
    const resource = await entry.resource.catch(() => undefined)
    if (resource !== undefined) await this.release(resource)
  }
}
