/**
 * Mean and unbiased standard deviation of many vectors, entry by entry, added one at a time (Welford's method, which keeps
 * its precision where the spread is small beside the mean).
 */
export class Moments {
  #count = 0
  readonly #mean: Float64Array
  readonly #squares: Float64Array

  constructor(length: number) {
    this.#mean = new Float64Array(length)
    this.#squares = new Float64Array(length)
  }

  get count(): number {
    return this.#count
  }

  /** Adds the vector that begins at `offset`. */
  add(values: ArrayLike<number>, offset = 0): void {
    this.#count++
    for (let index = 0; index < this.#mean.length; index++) {
      const value = values[offset + index]!
      const difference = value - this.#mean[index]!
      this.#mean[index]! += difference / this.#count
      this.#squares[index]! += difference * (value - this.#mean[index]!)
    }
  }

  /** NaN where nothing was added. */
  mean(): Float64Array {
    return this.#mean.map((value) => (this.#count > 0 ? value : NaN))
  }

  /** With ddof 1: NaN of fewer than two vectors. */
  standardDeviation(): Float64Array {
    return this.#squares.map((squares) => (this.#count > 1 ? Math.sqrt(squares / (this.#count - 1)) : NaN))
  }
}
