import { equalsPosition, plusPosition } from '../../core/positions'
import { contextLength } from '../../core/task-layout'
import type { ModelConfig } from '../config'
import { symbols } from './layer-tables'
import { groupSize, sumAt } from './sum-groups'

/**
 * Layer 0's attention in groups of sums. A group's rows are its queries: the positions that it shares, then for each of its
 * ten sums those behind them. Its columns are all keys that occur in it, each once for every head: the shared positions,
 * `=`, the digits before the answer's last without and with a carry from the last column, and the ten last digits of b. A
 * key that a query does not see has weight 0.
 */
export interface FirstLayerPatterns {
  /** [group, row, column]. */
  readonly pattern: Float32Array
  /** [group, column]: entry of the key (see `first-layer-tables.ts`) * n_heads + head. */
  readonly keys: Int32Array
  /** [group, row]: entry of the query. */
  readonly queries: Int32Array
}

/** How many rows and columns a group has. */
export function patternShape({ layout, n_heads }: ModelConfig): { rows: number; columns: number } {
  const keys = 2 * layout.answerDigits + 1 + 2 * (layout.answerDigits - 1) + groupSize
  return { rows: 2 * layout.answerDigits + groupSize * (layout.answerDigits + 1), columns: keys * n_heads }
}

/**
 * Writes patterns from the weights of `firstLayerTables`, group after group into the same arrays. What a group's queries
 * share is looked up once; for a sum, a factor for each head is left. Plain loops: softmax over so few keys takes longer.
 */
export class PatternWriter {
  readonly #config: ModelConfig
  readonly #weights: Float64Array
  readonly #rows: number
  readonly #columns: number
  readonly #entries: number
  /** Positions that a group shares. */
  readonly #shared: number
  /** Entries of a group's keys but the last digits of b, in the order of the columns. */
  readonly #keys: Int32Array
  /** [carry, answer digit]: entry of the query. */
  readonly #queries: Int32Array
  /** [carry, answer digit, key, head]: weights of the keys but the last digit of b, with the carry's digits behind the rest. */
  readonly #known: Float64Array
  /** [carry, answer digit, head]: their sums. */
  readonly #totals: Float64Array
  /** Weights of a query before the answer, of one head. */
  readonly #seen: Float64Array

  constructor(config: ModelConfig, weights: Float64Array) {
    const { layout, n_heads } = config
    const { rows, columns } = patternShape(config)
    this.#config = config
    this.#weights = weights
    this.#rows = rows
    this.#columns = columns
    this.#entries = (contextLength(layout) - 1) * symbols
    this.#shared = 2 * layout.answerDigits
    this.#keys = new Int32Array(columns / n_heads - groupSize)
    this.#queries = new Int32Array(2 * layout.answerDigits)
    this.#known = new Float64Array(2 * layout.answerDigits * 3 * layout.answerDigits * n_heads)
    this.#totals = new Float64Array(2 * layout.answerDigits * n_heads)
    this.#seen = new Float64Array(this.#shared)
  }

  /** Arrays for this many groups; to be given to `write` alone, which relies on what it wrote before. */
  patterns(groups: number): FirstLayerPatterns {
    return {
      pattern: new Float32Array(groups * this.#rows * this.#columns),
      keys: new Int32Array(groups * this.#columns),
      queries: new Int32Array(groups * this.#rows),
    }
  }

  write(first: number, groups: number, patterns: FirstLayerPatterns): void {
    for (let index = 0; index < groups; index++) {
      const { a, b } = sumAt((first + index) * groupSize, this.#config.layout)
      this.#enter(a, b)
      this.#writeKeys(index, patterns.keys)
      this.#writeShared(index, patterns)
      for (let digit = 0; digit < groupSize; digit++) this.#writeSum(index, digit, (a % 10) + digit >= 10, patterns)
    }
  }

  /** Looks up what the sums a + b .. b + 9 share. */
  #enter(a: number, b: number): void {
    const { layout } = this.#config
    writeEntries(this.#keys, 0, layout.answerDigits, a)
    this.#keys[layout.answerDigits] = plusPosition(layout) * symbols
    // Its last entry, of the digit that varies, gives way to that of `=`.
    writeEntries(this.#keys, layout.answerDigits + 1, layout.answerDigits, b)
    const sign = equalsPosition(layout)
    this.#keys[this.#shared] = sign * symbols
    for (const carry of [0, 1]) {
      const answers = this.#shared + 1 + carry * (layout.answerDigits - 1)
      writeEntries(this.#keys, answers, layout.answerDigits - 1, Math.floor((a + b) / 10) + carry, sign + 1)
      for (let answer = 0; answer < layout.answerDigits; answer++) this.#know(carry, answer, answers)
    }
  }

  #know(carry: number, answer: number, answers: number): void {
    const { layout, n_heads: H } = this.#config
    const index = carry * layout.answerDigits + answer
    const query = answer === 0 ? this.#keys[this.#shared]! : this.#keys[answers + answer - 1]!
    this.#queries[index] = query
    const row = index * 3 * layout.answerDigits * H
    const common = this.#shared + 1
    this.#totals.fill(0, index * H, (index + 1) * H)
    for (let key = 0; key < common + answer; key++) {
      const entry = this.#keys[key < common ? key : answers + key - common]!
      for (let head = 0; head < H; head++) {
        const weight = this.#weights[(query * this.#entries + entry) * H + head]!
        this.#known[row + key * H + head] = weight
        this.#totals[index * H + head]! += weight
      }
    }
  }

  #writeKeys(group: number, keys: Int32Array): void {
    const { n_heads: H } = this.#config
    let column = group * this.#columns
    for (const entry of this.#keys) for (let head = 0; head < H; head++) keys[column++] = entry * H + head
    for (let digit = 0; digit < groupSize; digit++)
      for (let head = 0; head < H; head++) keys[column++] = (this.#shared * symbols + digit) * H + head
  }

  #writeShared(group: number, patterns: FirstLayerPatterns): void {
    for (let position = 0; position < this.#shared; position++)
      this.#writeEarly(group, position, this.#keys[position]!, position + 1, -1, patterns)
  }

  /** A query before the answer: it sees the first `keys` columns' keys, and if `own` is not -1 the last digit in that column. */
  #writeEarly(
    group: number,
    row: number,
    query: number,
    keys: number,
    own: number,
    patterns: FirstLayerPatterns,
  ): void {
    const { n_heads: H } = this.#config
    const [weights, entries, seen, pattern] = [this.#weights, this.#keys, this.#seen, patterns.pattern]
    const at = (group * this.#rows + row) * this.#columns
    patterns.queries[group * this.#rows + row] = query
    for (let head = 0; head < H; head++) {
      const from = query * this.#entries * H + head
      const ownWeight = own < 0 ? 0 : weights[from + query * H]!
      let total = ownWeight
      for (let key = 0; key < keys; key++) {
        seen[key] = weights[from + entries[key]! * H]!
        total += seen[key]!
      }
      const share = 1 / total
      for (let key = 0, to = at + head; key < keys; key++, to += H) pattern[to] = seen[key]! * share
      if (own >= 0) pattern[at + own * H + head] = ownWeight * share
    }
  }

  #writeSum(group: number, digit: number, carries: boolean, patterns: FirstLayerPatterns): void {
    const { layout, n_heads: H } = this.#config
    const firstRow = this.#shared + digit * (layout.answerDigits + 1)
    const own = this.#columns / H - groupSize + digit
    this.#writeEarly(group, firstRow, this.#shared * symbols + digit, this.#shared, own, patterns)
    for (let answer = 0; answer < layout.answerDigits; answer++)
      this.#writeLate(group, firstRow, digit, answer, carries, patterns)
  }

  #writeLate(
    group: number,
    firstRow: number,
    digit: number,
    answer: number,
    carries: boolean,
    { pattern, queries }: FirstLayerPatterns,
  ): void {
    const { layout, n_heads: H } = this.#config
    const [known, totals, weights] = [this.#known, this.#totals, this.#weights]
    const index = (carries ? layout.answerDigits : 0) + answer
    const query = this.#queries[index]!
    const row = group * this.#rows + firstRow + 1 + answer
    queries[row] = query
    const at = row * this.#columns
    const common = (this.#shared + 1) * H
    const [without, withCarry] = [at + common, at + common + (layout.answerDigits - 1) * H]
    const [here, elsewhere] = carries ? [withCarry, without] : [without, withCarry]
    const last = at + this.#columns - (groupSize - digit) * H
    const lastWeights = (query * this.#entries + this.#shared * symbols + digit) * H
    for (let head = 0; head < H; head++) {
      const lastWeight = weights[lastWeights + head]!
      const share = 1 / (totals[index * H + head]! + lastWeight)
      let from = index * 3 * layout.answerDigits * H + head
      for (let to = at + head; to < at + common; to += H, from += H) pattern[to] = known[from]! * share
      for (let key = head; key < answer * H; key += H, from += H) {
        pattern[here + key] = known[from]! * share
        pattern[elsewhere + key] = 0
      }
      pattern[last + head] = lastWeight * share
    }
  }
}

/** Writes the entries of a number's digits, the most significant first, from position `position` on. */
function writeEntries(entries: Int32Array, at: number, digits: number, number: number, position = at): void {
  let rest = number
  for (let index = digits - 1; index >= 0; index--) {
    entries[at + index] = (position + index) * symbols + (rest % 10)
    rest = Math.floor(rest / 10)
  }
}
