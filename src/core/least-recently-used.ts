/** A map that keeps its `capacity` most recently used entries. */
export class LeastRecentlyUsed<V> {
  /** A Map iterates in order of insertion, so the first key is the one unused the longest. */
  readonly #entries = new Map<string, V>()

  constructor(private readonly capacity: number) {}

  get(key: string): V | undefined {
    const value = this.#entries.get(key)
    if (value !== undefined) this.set(key, value)
    return value
  }

  set(key: string, value: V): void {
    this.#entries.delete(key)
    this.#entries.set(key, value)
    if (this.#entries.size > this.capacity) this.#entries.delete(this.#entries.keys().next().value as string)
  }
}
