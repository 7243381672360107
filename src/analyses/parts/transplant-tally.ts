import { axis, tensorOver } from '../../core/axis'
import type { ModelConfig } from '../../model/config'
import { digitAxis } from './axes'
import { pairClasses, type PairedDigits } from './paired-sums'

export const outcomes = ['own', 'moved', 'donor', 'other'] as const
export const carryGroups = ['differ', 'same'] as const
const exactGroups = ['all', 'changed', 'unchanged'] as const

/** What became of the digits of recipients that something was transplanted into. Shares of nothing are NaN. */
export class TransplantTally {
  readonly #outcomes: Int32Array
  readonly #moved: Int32Array
  readonly #ofClass: Int32Array
  readonly #exact = new Int32Array(exactGroups.length)
  readonly #exactN = new Int32Array(exactGroups.length)
  readonly #asPredicted: Int32Array
  readonly #stillOwn: Int32Array
  readonly #shouldChange: Int32Array

  constructor(private readonly digits: number) {
    this.#outcomes = new Int32Array(carryGroups.length * digits * outcomes.length)
    this.#moved = new Int32Array(pairClasses.length * digits)
    this.#ofClass = new Int32Array(pairClasses.length * digits)
    this.#asPredicted = new Int32Array(digits)
    this.#stillOwn = new Int32Array(digits)
    this.#shouldChange = new Int32Array(digits)
  }

  /** `observed` are the model's digits after the transplant, [pair, digit]. */
  add(pairs: PairedDigits, observed: Uint8Array): void {
    const { digits } = this
    for (let pair = 0; pair < pairs.pairs; pair++) {
      let [hits, changes] = [0, 0]
      for (let digit = 0; digit < digits; digit++) {
        const index = pair * digits + digit
        this.#addDigit(pairs, observed, index, digit)
        const [changed, hit] = [pairs.predicted[index] !== pairs.own[index], observed[index] === pairs.predicted[index]]
        if (changed) this.#shouldChange[digit]!++
        if (changed && hit) this.#asPredicted[digit]!++
        if (changed && observed[index] === pairs.own[index]) this.#stillOwn[digit]!++
        hits += hit ? 1 : 0
        changes += changed ? 1 : 0
      }
      for (const group of [0, changes > 0 ? 1 : 2]) {
        this.#exactN[group]!++
        if (hits === digits) this.#exact[group]!++
      }
    }
  }

  #addDigit(pairs: PairedDigits, observed: Uint8Array, index: number, digit: number): void {
    const seen = observed[index]
    const outcome =
      seen === pairs.own[index] ? 0 : seen === pairs.moved[index] ? 1 : seen === pairs.donor[index] ? 2 : 3
    const group = pairs.differs[index] === 1 ? 0 : 1
    this.#outcomes[(group * this.digits + digit) * outcomes.length + outcome]!++
    const pairClass = pairs.classes[index]!
    if (group === 1 || pairClass === 255) return
    this.#ofClass[pairClass * this.digits + digit]!++
    if (outcome === 1) this.#moved[pairClass * this.digits + digit]!++
  }

  /** Number of pairs of a group, [group, digit]. */
  get counts(): Int32Array {
    return Int32Array.from({ length: carryGroups.length * this.digits }, (_, row) =>
      this.#outcomes
        .subarray(row * outcomes.length, (row + 1) * outcomes.length)
        .reduce((sum, count) => sum + count, 0),
    )
  }

  /** Share of a group with an outcome, [digit]. */
  shareOf(group: (typeof carryGroups)[number], outcome: (typeof outcomes)[number]): Float64Array {
    const { counts, digits } = this
    return Float64Array.from({ length: digits }, (_, digit) => {
      const row = carryGroups.indexOf(group) * digits + digit
      return this.#outcomes[row * outcomes.length + outcomes.indexOf(outcome)]! / counts[row]!
    })
  }

  result({ layout }: ModelConfig) {
    const digit = digitAxis(layout)
    const byGroup = [axis('group', carryGroups), digit] as const
    const byClass = [axis('class', pairClasses), digit] as const
    const exactness = axis('group', exactGroups)
    const { counts } = this
    const shares = Float64Array.from(
      this.#outcomes,
      (count, index) => count / counts[Math.floor(index / outcomes.length)]!,
    )
    return {
      share: tensorOver([...byGroup, axis('outcome', outcomes)], shares, 'share'),
      n: tensorOver(byGroup, counts, 'sums'),
      movedByClass: tensorOver(byClass, ratios(this.#moved, this.#ofClass), 'share'),
      nByClass: tensorOver(byClass, Int32Array.from(this.#ofClass), 'sums'),
      exact: tensorOver([exactness], ratios(this.#exact, this.#exactN), 'share'),
      exactN: tensorOver([exactness], Int32Array.from(this.#exactN), 'sums'),
      perDigit: tensorOver([digit], ratios(this.#asPredicted, this.#shouldChange), 'share'),
      perDigitOwn: tensorOver([digit], ratios(this.#stillOwn, this.#shouldChange), 'share'),
    }
  }
}

function ratios(counts: Int32Array, of: Int32Array): Float64Array {
  return Float64Array.from(counts, (count, index) => count / of[index]!)
}
