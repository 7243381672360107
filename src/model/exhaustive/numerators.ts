import { equalsPosition } from '../../core/positions'
import { contextLength, type TaskLayout } from '../../core/task-layout'
import { type FirstLayerTables, symbols } from './layer-tables'
import type { KernelFunctions } from './kernel-code'
import { type KernelLayout, orderAddresses } from './kernel-layout'
import { groupSize } from './sum-groups'

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
  readonly #rowsAdded: Int32Array
  /** The memory in words: addresses and factors of orders. */
  readonly #words: Int32Array
  readonly #floats: Float32Array
  readonly #denominators: Float64Array
  /** Entries of all positions: the weights' extent. */
  readonly #extent: number
  /**
   * Which slot holds what it should: by query entry over a and + (of a query in b, over itself too), then over all of b but two
   * digits too; then by answer and parity without the last two digits of b, and without the last.
   */
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
    this.#base = base
    this.#H = H
    this.#task = task
    const n = task.answerDigits
    this.#n = n
    this.#functions = functions
    this.#factors = new Float32Array(memory, layout.address.factors, H * layout.positions)
    this.#rowsAdded = new Int32Array(memory, layout.address.rowsAdded, layout.positions)
    this.#words = new Int32Array(memory, 0, layout.address.free / 4)
    this.#floats = new Float32Array(memory, 0, layout.address.free / 4)
    this.#extent = (contextLength(task) - 1) * symbols
    this.#answers = 2 * this.#extent
    this.#scratch = this.#answers + 4 * n
    this.#kept = new Int32Array(layout.slots).fill(-1)
    this.#weights = new Float64Array(memory, layout.address.weights, weights.length)
    this.#weights.set(weights)
    this.#denominators = new Float64Array(memory, layout.address.denominators, layout.slots * H)
    this.#writeSizes()
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
    this.#begin(this.#scratch, query)
    this.#add(this.#scratch, this.#scratch, query, 0, position + 1)
    this.#writeKey(position, query, this.#scratch)
  }

  /** The record of the last position but one of b, which sees those before it and itself. */
  writeTens(position: number, query: number): void {
    this.#writeKey(position, query, this.#overPrefix(query))
  }

  /** Orders the records of the last digit of b, whose entries for 0 to 9 begin at `first`. */
  orderKeys(first: number, tens: number): void {
    const { address, orders } = this.#layout
    for (let sum = 0; sum < groupSize; sum++) {
      const order = address.orders + sum * orders.sum
      this.#words[order / 4 + 2] = this.#rows(tens)
      this.#order(order, order + orders.sum, first + sum, this.#overPrefix(first + sum), tens)
    }
  }

  /**
   * Orders what is predicted at an answer's digit, after the digits `leading`, as the group's sums from `first` to before `end`.
   */
  orderAnswers(first: number, end: number, digit: number, leading: number): void {
    const { address, orders } = this.#layout
    const n = this.#n
    const sign = equalsPosition(this.#task)
    const query = this.#entries[sign + digit]!
    const known = this.#answers + 2 * digit + (leading & 1)
    const slot = known + 2 * n
    if (this.#kept[known] !== leading) {
      this.#kept[known] = leading
      this.#kept[slot] = -1
      this.#add(known, this.#overPrefix(query), query, sign, sign + digit + 1)
    }
    const tens = this.#entries[2 * n - 1]!
    if (this.#kept[slot] !== tens) {
      this.#kept[slot] = tens
      this.#add(slot, known, query, 2 * n - 1, 2 * n)
    }
    const order = address.orders + (1 + digit) * orders.record
    this.#order(order + first * orders.sum, order + end * orders.sum, query, slot, 2 * n * symbols + first)
  }

  /** Orders of a query, but for the address of the second row set, which is of the entries from `second` on, and the size. */
  #order(first: number, end: number, query: number, slot: number, second: number): void {
    const { address } = this.#layout
    const H = this.#H
    this.#functions.order(
      first,
      end,
      this.#own(query),
      this.#address(slot),
      address.denominators + 8 * slot * H,
      address.weights + 8 * (query * this.#extent + second) * H,
    )
  }

  /** What stays the same in orders. */
  #writeSizes(): void {
    const { address, orders, used, queries } = this.#layout
    const [rowSet, size] = [2, 3]
    for (let sum = 0; sum < groupSize; sum++)
      for (let index = 0; index <= this.#n; index++) {
        const word = (address.orders + sum * orders.sum + index * orders.record) / 4
        this.#words[word + rowSet] = this.#rows(2 * this.#n * symbols + sum)
        this.#words[word + size] = 4 * (index === 0 ? queries : used)
      }
    // No second row set: factors stay 0.
    this.#words[address.order / 4 + rowSet] = this.#rows(0)
    this.#words[address.order / 4 + size] = 4 * queries
  }

  /** Writes the record of a position before the answer whose numerator is whole. */
  #writeKey(position: number, query: number, slot: number): void {
    const { address, record } = this.#layout
    const word = address.order / 4
    this.#words[word] = this.#own(query)
    this.#words[word + 1] = this.#address(slot)
    for (let head = 0; head < this.#H; head++)
      this.#floats[word + orderAddresses + head] = 1 / this.#denominators[slot * this.#H + head]!
    this.#functions.record(address.sum + 4 * position * record, address.scales + 4 * position, address.order)
  }

  /** The slot of a query's numerator over a, + and all of b but its last two digits; and over itself, if it is in b. */
  #overPrefix(query: number): number {
    const slot = this.#extent + query
    if (this.#kept[slot] === 1) return slot
    this.#kept[slot] = 1
    const n = this.#n
    if (n === 2) return this.#copy(slot, this.#overA(query))
    return this.#add(slot, this.#overA(query), query, n + 1, 2 * n - 1)
  }

  #overA(query: number): number {
    if (this.#kept[query] === 1) return query
    this.#kept[query] = 1
    const isInB = query < equalsPosition(this.#task) * symbols
    this.#begin(query, query)
    return this.#add(query, query, query, 0, this.#n + 1, isInB ? query : undefined)
  }

  /** Over no further key. */
  #copy(to: number, from: number): number {
    const H = this.#H
    this.#factors.fill(0, 0, H)
    this.#rowsAdded[0] = this.#rows(0)
    this.#functions.accumulate[0]!(this.#address(to), this.#address(from))
    this.#denominators.copyWithin(to * H, from * H, (from + 1) * H)
    return to
  }

  /** The numerator of a query over nothing. */
  #begin(slot: number, query: number): void {
    this.#copy(slot, this.#scratch + 1)
    const H = this.#H
    for (let head = 0; head < H; head++) this.#denominators[slot * H + head] = this.#base[query * H + head]!
  }

  /** Adds to a query's numerator the keys at the positions from `first` to before `end`, and one more entry; returns its slot. */
  #add(to: number, from: number, query: number, first: number, end: number, more?: number): number {
    const H = this.#H
    const count = end - first + (more === undefined ? 0 : 1)
    for (let row = 0; row < count; row++)
      this.#rowsAdded[row] = this.#rows(first + row < end ? this.#entries[first + row]! : more!)
    for (let head = 0; head < H; head++) {
      let total = this.#denominators[from * H + head]!
      for (let row = 0; row < count; row++) {
        const key = first + row < end ? this.#entries[first + row]! : more!
        const weight = this.#weights[(query * this.#extent + key) * H + head]!
        this.#factors[head * count + row] = weight
        total += weight
      }
      this.#denominators[to * H + head] = total
    }
    this.#functions.accumulate[count - 1]!(this.#address(to), this.#address(from))
    return to
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
