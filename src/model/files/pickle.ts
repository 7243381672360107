import { BadInput } from '../../core/bad-input'

/** A Python name that a pickle refers to, `torch.FloatStorage`. It is never looked up, imported or called. */
export class PickleGlobal {
  readonly name: string
  constructor(name: string) {
    this.name = name
  }
}

/** What a pickle can leave on its stack here: tuples are arrays, dictionaries are maps. */
export type PickleValue =
  null | boolean | number | string | PickleGlobal | object | readonly PickleValue[] | Map<PickleValue, PickleValue>

/** What the few references of a pickle mean. Each throws BadInput for what it does not know. */
export interface PickleWorld {
  global(name: string): PickleValue
  /** `callable(*args)` in Python; here a lookup in a fixed list. */
  reduce(callable: PickleValue, args: readonly PickleValue[]): PickleValue
  persistent(id: PickleValue): PickleValue
}

type Step = (machine: PickleMachine) => void

/**
 * The opcodes that a state_dict of tensors needs, by byte (the list is in CPython's `pickletools`). Everything else, most of
 * all what builds objects of arbitrary classes, is refused by name.
 */
const steps: Readonly<Record<number, Step>> = {
  0x80: (machine) => void machine.byte(), // PROTO
  0x28: (machine) => machine.mark(), // MARK
  0x4e: (machine) => machine.push(null), // NONE
  0x88: (machine) => machine.push(true), // NEWTRUE
  0x89: (machine) => machine.push(false), // NEWFALSE
  0x4a: (machine) => machine.push(machine.word() | 0), // BININT
  0x4b: (machine) => machine.push(machine.byte()), // BININT1
  0x4d: (machine) => machine.push(machine.byte() + 256 * machine.byte()), // BININT2
  0x58: (machine) => machine.push(machine.text(machine.word())), // BINUNICODE
  0x29: (machine) => machine.push([]), // EMPTY_TUPLE
  0x85: (machine) => machine.push(machine.popMany(1)), // TUPLE1
  0x86: (machine) => machine.push(machine.popMany(2)), // TUPLE2
  0x87: (machine) => machine.push(machine.popMany(3)), // TUPLE3
  0x74: (machine) => machine.push(machine.popToMark()), // TUPLE
  0x7d: (machine) => machine.push(new Map()), // EMPTY_DICT
  0x73: (machine) => machine.setItems(machine.popMany(2)), // SETITEM
  0x75: (machine) => machine.setItems(machine.popToMark()), // SETITEMS
  0x71: (machine) => machine.remember(machine.byte()), // BINPUT
  0x72: (machine) => machine.remember(machine.word()), // LONG_BINPUT
  0x68: (machine) => machine.recall(machine.byte()), // BINGET
  0x6a: (machine) => machine.recall(machine.word()), // LONG_BINGET
  0x63: (machine) => machine.global(), // GLOBAL
  0x51: (machine) => machine.persistent(), // BINPERSID
  0x52: (machine) => machine.reduce(), // REDUCE
  0x62: (machine) => void machine.pop(), // BUILD: attributes such as _metadata are left out
}
const stop = 0x2e

/** Reads a pickle with a fixed list of opcodes. Nothing in it is executed. Throws BadInput for any other opcode, or where it breaks off. */
export function readPickle(file: string, bytes: Uint8Array, world: PickleWorld): PickleValue {
  const machine = new PickleMachine(file, bytes, world)
  for (let opcode = machine.byte(); opcode !== stop; opcode = machine.byte()) {
    const step = steps[opcode]
    if (!step)
      throw new BadInput(
        `The file "${file}" contains the pickle opcode ${opcodeName(opcode)}, which a state_dict of tensors does not need; it was refused unread.`,
      )
    step(machine)
  }
  return machine.pop()
}

class PickleMachine {
  readonly #file: string
  readonly #bytes: Uint8Array
  readonly #world: PickleWorld
  readonly #memo = new Map<number, PickleValue>()
  #stack: PickleValue[] = []
  readonly #marks: PickleValue[][] = []
  #offset = 0

  constructor(file: string, bytes: Uint8Array, world: PickleWorld) {
    this.#file = file
    this.#bytes = bytes
    this.#world = world
  }

  byte(): number {
    return this.#take(1)[0]!
  }

  word(): number {
    const [b0, b1, b2, b3] = this.#take(4)
    return (b0! | (b1! << 8) | (b2! << 16) | (b3! << 24)) >>> 0
  }

  text(length: number): string {
    return new TextDecoder().decode(this.#take(length))
  }

  push(value: PickleValue): void {
    this.#stack.push(value)
  }

  pop(): PickleValue {
    return this.popMany(1)[0]!
  }

  popMany(count: number): PickleValue[] {
    if (this.#stack.length < count) this.#damaged()
    return this.#stack.splice(-count)
  }

  mark(): void {
    this.#marks.push(this.#stack)
    this.#stack = []
  }

  popToMark(): PickleValue[] {
    const items = this.#stack
    this.#stack = this.#marks.pop() ?? this.#damaged()
    return items
  }

  setItems(items: readonly PickleValue[]): void {
    const target = this.#stack.at(-1)
    if (!(target instanceof Map) || items.length % 2 !== 0) return this.#damaged()
    for (let index = 0; index < items.length; index += 2) target.set(items[index]!, items[index + 1]!)
  }

  remember(key: number): void {
    if (this.#stack.length === 0) this.#damaged()
    this.#memo.set(key, this.#stack.at(-1)!)
  }

  recall(key: number): void {
    if (!this.#memo.has(key)) this.#damaged()
    this.push(this.#memo.get(key)!)
  }

  global(): void {
    this.push(this.#world.global(`${this.#line()}.${this.#line()}`))
  }

  persistent(): void {
    this.push(this.#world.persistent(this.pop()))
  }

  reduce(): void {
    const [callable, args] = this.popMany(2)
    if (!Array.isArray(args)) return this.#damaged()
    this.push(this.#world.reduce(callable!, args as PickleValue[]))
  }

  #line(): string {
    const end = this.#bytes.indexOf(0x0a, this.#offset)
    const line = this.text(end - this.#offset)
    this.#offset++
    return line
  }

  #take(count: number): Uint8Array {
    if (count < 0 || this.#offset + count > this.#bytes.length) this.#damaged()
    return this.#bytes.subarray(this.#offset, (this.#offset += count))
  }

  #damaged(): never {
    throw new BadInput(`The pickle in "${this.#file}" is damaged near byte ${this.#offset}; copy the file again.`)
  }
}

/** Names of the opcodes that a reader is most likely to meet in a file that is not a plain state_dict. */
const foreignOpcodes: Readonly<Record<number, string>> = {
  0x47: 'BINFLOAT',
  0x5d: 'EMPTY_LIST',
  0x61: 'APPEND',
  0x65: 'APPENDS',
  0x69: 'INST',
  0x6f: 'OBJ',
  0x81: 'NEWOBJ',
  0x82: 'EXT1',
  0x83: 'EXT2',
  0x84: 'EXT4',
  0x8a: 'LONG1',
  0x92: 'NEWOBJ_EX',
  0x93: 'STACK_GLOBAL',
  0x94: 'MEMOIZE',
  0x95: 'FRAME',
}

function opcodeName(opcode: number): string {
  const hex = `0x${opcode.toString(16).padStart(2, '0')}`
  return foreignOpcodes[opcode] ? `${foreignOpcodes[opcode]} (${hex})` : hex
}
