import { BadInput } from '../../core/bad-input'
import { InertObject, type PickleValue, type PickleWorld } from './pickle-values'

/**
 * How many containers and remembered values a pickle may make. A checkpoint with ten years of losses has fewer; a file made to
 * exhaust memory asks for one with every byte.
 */
const mostContainers = 500_000

/** The stack, marks and memo of a pickle, over its bytes. */
export class PickleMachine {
  readonly #file: string
  readonly #bytes: Uint8Array
  readonly #view: DataView
  readonly #world: PickleWorld
  readonly #memo = new Map<number, PickleValue>()
  #stack: PickleValue[] = []
  readonly #marks: PickleValue[][] = []
  #offset: number
  #containers = 0

  constructor(file: string, bytes: Uint8Array, world: PickleWorld, offset: number) {
    this.#file = file
    this.#bytes = bytes
    this.#view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength)
    this.#world = world
    this.#offset = offset
  }

  /** The byte after the last that was read. */
  get offset(): number {
    return this.#offset
  }

  byte(): number {
    return this.bytes(1)[0]!
  }

  word(): number {
    return this.#view.getUint32(this.#advance(4), true)
  }

  longWord(): number {
    return Number(this.#view.getBigUint64(this.#advance(8), true))
  }

  double(): number {
    return this.#view.getFloat64(this.#advance(8), false)
  }

  text(length: number): string {
    return new TextDecoder().decode(this.bytes(length))
  }

  bytes(length: number): Uint8Array {
    const start = this.#advance(length)
    return this.#bytes.subarray(start, start + length)
  }

  /** A little-endian whole number in two's complement; one of more than 8 bytes loses its last digits. */
  integer(length: number): number {
    const bytes = this.bytes(length)
    const isNegative = length > 0 && bytes[length - 1]! >= 0x80
    const unsigned = bytes.reduceRight((value, byte) => value * 256 + byte, 0)
    return isNegative ? unsigned - 256 ** length : unsigned
  }

  line(): string {
    const end = this.#bytes.indexOf(0x0a, this.#offset)
    const line = this.text(end - this.#offset)
    this.#offset++
    return line
  }

  push(value: PickleValue): void {
    this.#stack.push(value)
  }

  pushContainer(value: PickleValue[] | Map<PickleValue, PickleValue>): void {
    this.#count()
    this.push(value)
  }

  pop(): PickleValue {
    return this.popMany(1)[0]!
  }

  popMany(count: number): PickleValue[] {
    if (this.#stack.length < count) this.damaged()
    return this.#stack.splice(-count)
  }

  duplicate(): void {
    this.push(this.#top())
  }

  mark(): void {
    this.#count()
    this.#marks.push(this.#stack)
    this.#stack = []
  }

  popToMark(): PickleValue[] {
    const items = this.#stack
    this.#stack = this.#marks.pop() ?? this.damaged()
    return items
  }

  append(items: readonly PickleValue[]): void {
    const target = this.#top()
    if (target instanceof InertObject) return
    if (!Array.isArray(target)) return this.damaged()
    for (const item of items) target.push(item)
  }

  dictionary(items: readonly PickleValue[]): void {
    this.pushContainer(new Map())
    this.setItems(items)
  }

  setItems(items: readonly PickleValue[]): void {
    const target = this.#top()
    if (target instanceof InertObject) return
    if (!(target instanceof Map) || items.length % 2 !== 0) return this.damaged()
    for (let index = 0; index < items.length; index += 2) target.set(items[index]!, items[index + 1]!)
  }

  remember(key: number): void {
    this.#count()
    this.#memo.set(key, this.#top())
  }

  memoize(): void {
    this.remember(this.#memo.size)
  }

  recall(key: number): void {
    if (!this.#memo.has(key)) this.damaged()
    this.push(this.#memo.get(key)!)
  }

  global(name: string): void {
    this.push(this.#world.global(name))
  }

  stackGlobal(): void {
    const [module, name] = this.popMany(2)
    if (typeof module !== 'string' || typeof name !== 'string') return this.damaged()
    this.global(`${module}.${name}`)
  }

  persistent(): void {
    this.push(this.#world.persistent(this.pop()))
  }

  reduce(): void {
    const [callable, args] = this.popMany(2)
    if (!Array.isArray(args)) return this.damaged()
    this.#count()
    this.push(this.#world.reduce(callable!, args as PickleValue[]))
  }

  /** Attributes are kept of inert objects only: those of a dictionary, such as `_metadata`, say nothing about its entries. */
  build(): void {
    const state = this.pop()
    const target = this.#top()
    if (target instanceof InertObject && state instanceof Map) target.attributes = state
  }

  damaged(): never {
    throw new BadInput(`The pickle in "${this.#file}" is damaged near byte ${this.#offset}; copy the file again.`)
  }

  #top(): PickleValue {
    if (this.#stack.length === 0) this.damaged()
    return this.#stack.at(-1)!
  }

  #count(): void {
    if (++this.#containers > mostContainers)
      throw new BadInput(
        `The pickle in "${this.#file}" holds more than ${mostContainers.toLocaleString('en')} lists, dictionaries and names, more than any checkpoint of such a model; save model.state_dict() by itself.`,
      )
  }

  /** Moves on by so many bytes; returns where they begin. */
  #advance(count: number): number {
    const start = this.#offset
    if (count < 0 || start + count > this.#bytes.length) this.damaged()
    this.#offset += count
    return start
  }
}
