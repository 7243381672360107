import { lowerMedianReordering } from './statistics'

/**
 * Numbers of which some statistics are wanted, added batch by batch. They are kept in single precision, 4 bytes each, since a
 * million sums have four million of them.
 */
export class Sample {
  readonly #batches: Float32Array[] = []
  #count = 0
  #total = 0
  #least = Infinity

  add(batch: Float64Array): void {
    this.#batches.push(Float32Array.from(batch))
    this.#count += batch.length
    for (const value of batch) {
      this.#total += value
      this.#least = Math.min(this.#least, value)
    }
  }

  /** NaN of nothing. */
  get mean(): number {
    return this.#total / this.#count
  }

  /** Infinity of nothing. */
  get least(): number {
    return this.#least
  }

  /** The middle value, or the lower of the two in the middle, in single precision; NaN of nothing. */
  get lowerMedian(): number {
    const values = new Float32Array(this.#count)
    let end = 0
    for (const batch of this.#batches) {
      values.set(batch, end)
      end += batch.length
    }
    return lowerMedianReordering(values)
  }
}
