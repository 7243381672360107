/** Of a product above this the logarithm is taken: up to 1e277 more can be multiplied first. */
const largestProduct = 1e30

/** Sums of losses by index, of which parts are given as factors: the logarithm of their product is added. */
export class LossSums {
  readonly #sums: Float64Array
  readonly #products: Float64Array

  constructor(length: number) {
    this.#sums = new Float64Array(length)
    this.#products = new Float64Array(length).fill(1)
  }

  /** `factor` is 1 at least, 1e277 at most. */
  add(index: number, loss: number, factor: number): void {
    this.#sums[index]! += loss
    const product = this.#products[index]! * factor
    if (product < largestProduct) this.#products[index] = product
    else {
      this.#sums[index]! += Math.log(product)
      this.#products[index] = 1
    }
  }

  sums(): number[] {
    return Array.from(this.#sums, (sum, index) => sum + Math.log(this.#products[index]!))
  }
}
