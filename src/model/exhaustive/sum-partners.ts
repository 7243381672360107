import { seededPairing } from '../../core/seeded-pairing'
import type { Sum } from '../../core/sum'
import { operandLimit, type TaskLayout } from '../../core/task-layout'

/** The sum that each sum is resampled from when every sum there is is evaluated: another one, each the partner of one. */
export class SumPartners {
  readonly #limit: number
  readonly #partners = new Map<number, (index: number) => number>()

  /** Of more than 2^32 sums, operands are paired one by one: a sum may then be paired with itself in one of them, never in both. */
  constructor(layout: TaskLayout) {
    this.#limit = operandLimit(layout)
  }

  of({ a, b }: Sum, seed: number): Sum {
    const limit = this.#limit
    if (limit > 65536) return { a: this.#pairing(limit, seed)(a), b: this.#pairing(limit, seed ^ 1)(b) }
    const partner = this.#pairing(limit * limit, seed)(a * limit + b)
    return { a: Math.floor(partner / limit), b: partner % limit }
  }

  #pairing(count: number, seed: number): (index: number) => number {
    const known = this.#partners.get(seed) ?? seededPairing(count, seed)
    this.#partners.set(seed, known)
    return known
  }
}
