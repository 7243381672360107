import { equalsPosition } from '../../core/positions'
import { contextLength, type TaskLayout } from '../../core/task-layout'
import { type FirstLayerTables, symbols } from './layer-tables'
import type { KernelFunctions } from './kernel-code'
import { type KernelLayout, orderAddresses } from './kernel-layout'

/** Layer 0's numerators, each a row set in the kernel's memory, and denominators; kept as long as the tokens that they are over stay. */
export class Numerators {
  /** Entries of the tokens of the sum at hand, by position; who calls writes them. */
  readonly #entries: Int32Array
  readonly #layout: KernelLayout
  readonly #weights: Float64Array
  readonly #base: Float64Array
  readonly #H: number
  readonly #task: TaskLayout
  readonly #n: number
  readonly #functions: KernelFunctions
  readonly #factors: Float32Array
  /** The memory in words: addresses and factors of orders. */
  readonly #words: Int32Array
  readonly #floats: Float32Array
  readonly #denominators: Float64Array
  /** Entries of all positions: the weights' extent. */
  readonly #extent: number
  /** Which slot holds what it should: by query entry over a and +, then over all of b but two digits, then by answer and parity. */
  readonly #kept: Int32Array
  readonly #answers: number
  readonly #scratch: number

  constructor(
    entries: Int32Array,
    layout: KernelLayout,
    { weights, base }: FirstLayerTables,
    H: number,
    task: TaskLayout,
    functions: KernelFunctions,
    memory: ArrayBuffer,
  ) {
    this.#entries = entries
    this.#layout = layout
    this.#weights = weights
    this.#base = base
    this.#H = H
    this.#task = task
    const n = task.answerDigits
    this.#n = n
    this.#functions = functions
    this.#factors = new Float32Array(memory, layout.address.factors, H)
    this.#words = new Int32Array(memory, 0, layout.address.free / 4)
    this.#floats = new Float32Array(memory, 0, layout.address.free / 4)
    this.#extent = (contextLength(task) - 1) * symbols
    this.#answers = 2 * this.#extent
    this.#scratch = this.#answers + 4 * n
    this.#kept = new Int32Array(this.#scratch + 2).fill(-1)
    this.#denominators = new Float64Array((this.#scratch + 2) * H)
  }

  /** Bytes that all slots take. */
  static size({ rowSet }: KernelLayout, task: TaskLayout): number {
    return 4 * rowSet * (2 * (contextLength(task) - 1) * symbols + 4 * task.answerDigits + 2)
  }

  forgetAll(): void {
    this.#kept.fill(-1)
  }

  forgetPrefix(): void {
    this.#kept.fill(-1, this.#extent, this.#scratch)
  }

  /** The record of an early position, from nothing. */
  writeEarlyKey(position: number): void {
    const query = this.#entries[position]!
    this.#clear(this.#scratch, query)
    for (let key = 0; key < position; key++) this.#add(this.#scratch, this.#scratch, query, this.#entries[key]!)
    this.#writeOrder(this.#layout.address.order, query, this.#scratch, query, query)
    this.#writeKey(position)
  }

  /** The record of the last position but one of b, which sees those before it and itself. */
  writeTens(position: number, query: number): void {
    this.#writeOrder(this.#layout.address.order, query, this.#overPrefix(query), query, query)
    this.#writeKey(position)
  }

  /** Orders the record of b's last digit in the group's sum `sum`. */
  orderKey(sum: number, query: number, tens: number): void {
    const { address, orders } = this.#layout
    this.#writeOrder(address.orders + sum * orders.sum, query, this.#overPrefix(query), tens, query)
  }

  /** Prepares a numerator over all keys but the last digit of b, and returns its slot. */
  enterAnswer(answer: number, carry: number, parity: number, leading: number, query: number): number {
    const n = this.#n
    const known = this.#answers + 2 * answer + parity
    if (this.#kept[known] !== leading) {
      this.#kept[known] = leading
      let from = this.#overPrefix(query)
      for (let key = equalsPosition(this.#task); key <= equalsPosition(this.#task) + answer; key++) {
        this.#add(known, from, query, this.#entries[key]!)
        from = known
      }
    }
    const slot = this.#answers + 2 * n + 2 * answer + carry
    this.#add(slot, known, query, this.#entries[2 * n - 1]!)
    return slot
  }

  /** Orders what is predicted as the group's sum `sum` at a digit, where the right token is `token`. */
  orderAnswer(sum: number, digit: number, query: number, slot: number, last: number, token: number): void {
    const { address, orders } = this.#layout
    const H = this.#H
    const word = (address.orders + sum * orders.sum + orders.key + digit * orders.answer) / 4
    this.#words[word] = this.#own(query)
    this.#words[word + 1] = this.#address(slot)
    this.#words[word + 2] = this.#rows(last)
    this.#words[word + 3] = token
    const weights = (query * this.#extent + last) * H
    const factors = word + orderAddresses
    for (let head = 0; head < H; head++) {
      const weight = this.#weights[weights + head]!
      const share = 1 / (this.#denominators[slot * H + head]! + weight)
      this.#floats[factors + head] = share
      this.#floats[factors + H + head] = weight * share
    }
  }

  #writeOrder(order: number, query: number, slot: number, second: number, third: number): void {
    const H = this.#H
    const word = order / 4
    this.#words[word] = this.#own(query)
    this.#words[word + 1] = this.#address(slot)
    this.#words[word + 2] = this.#rows(second)
    this.#words[word + 3] = this.#rows(third)
    const weights = query * this.#extent
    const factors = word + orderAddresses
    for (let head = 0; head < H; head++) {
      const own = this.#weights[(weights + third) * H + head]!
      const other = second === third ? 0 : this.#weights[(weights + second) * H + head]!
      const share = 1 / (this.#denominators[slot * H + head]! + other + own)
      this.#floats[factors + head] = share
      this.#floats[factors + H + head] = other * share
      this.#floats[factors + 2 * H + head] = own * share
    }
  }

  #writeKey(position: number): void {
    const { address, record } = this.#layout
    this.#functions.key(address.sum + 4 * position * record, address.scales + 4 * position, address.order)
  }

  /** The slot of a query's numerator over a, + and all of b but its last two digits. */
  #overPrefix(query: number): number {
    const slot = this.#extent + query
    if (this.#kept[slot] === 1) return slot
    this.#kept[slot] = 1
    const n = this.#n
    let from = this.#overA(query)
    if (n === 2) return this.#copy(slot, from, query)
    for (let key = n + 1; key < 2 * n - 1; key++) {
      this.#add(slot, from, query, this.#entries[key]!)
      from = slot
    }
    return slot
  }

  #overA(slot: number): number {
    if (this.#kept[slot] === 1) return slot
    this.#kept[slot] = 1
    this.#clear(slot, slot)
    for (let key = 0; key <= this.#n; key++) this.#add(slot, slot, slot, this.#entries[key]!)
    return slot
  }

  /** Over no further key. */
  #copy(to: number, from: number, query: number): number {
    const H = this.#H
    this.#factors.fill(0, 0, H)
    this.#functions.accumulate(this.#address(to), this.#address(from), this.#rows(query))
    this.#denominators.copyWithin(to * H, from * H, (from + 1) * H)
    return to
  }

  /** The numerator of a query over nothing. */
  #clear(slot: number, query: number): void {
    this.#copy(slot, this.#scratch + 1, 0)
    const H = this.#H
    for (let head = 0; head < H; head++) this.#denominators[slot * H + head] = this.#base[query * H + head]!
  }

  #add(to: number, from: number, query: number, key: number): void {
    const H = this.#H
    const weights = (query * this.#extent + key) * H
    for (let head = 0; head < H; head++) {
      const weight = this.#weights[weights + head]!
      this.#factors[head] = weight
      this.#denominators[to * H + head] = this.#denominators[from * H + head]! + weight
    }
    this.#functions.accumulate(this.#address(to), this.#address(from), this.#rows(key))
  }

  #own(entry: number): number {
    return this.#layout.address.own + 4 * entry * this.#layout.record
  }

  #rows(entry: number): number {
    return this.#layout.address.rows + 4 * entry * this.#layout.rowSet
  }

  #address(slot: number): number {
    return this.#layout.address.free + 4 * slot * this.#layout.rowSet
  }
}
