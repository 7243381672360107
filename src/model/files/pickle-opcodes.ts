import type { PickleMachine } from './pickle-machine'

type Step = (machine: PickleMachine) => void

/**
 * The opcodes of pickle protocols 2 to 5 that tensors and inert data beside them need, by byte (the list is in CPython's
 * `pickletools`). Those that name an extension registry or read another buffer are left out, and so refused.
 */
export const steps: Readonly<Record<number, Step>> = {
  0x80: (machine) => void machine.byte(), // PROTO
  0x95: (machine) => void machine.longWord(), // FRAME: how much follows, which the bytes themselves tell
  0x28: (machine) => machine.mark(), // MARK
  0x30: (machine) => void machine.pop(), // POP
  0x31: (machine) => void machine.popToMark(), // POP_MARK
  0x32: (machine) => machine.duplicate(), // DUP
  0x4e: (machine) => machine.push(null), // NONE
  0x88: (machine) => machine.push(true), // NEWTRUE
  0x89: (machine) => machine.push(false), // NEWFALSE
  0x4a: (machine) => machine.push(machine.word() | 0), // BININT
  0x4b: (machine) => machine.push(machine.byte()), // BININT1
  0x4d: (machine) => machine.push(machine.byte() + 256 * machine.byte()), // BININT2
  0x8a: (machine) => machine.push(machine.integer(machine.byte())), // LONG1
  0x8b: (machine) => machine.push(machine.integer(machine.word())), // LONG4
  0x47: (machine) => machine.push(machine.double()), // BINFLOAT
  0x58: (machine) => machine.push(machine.text(machine.word())), // BINUNICODE
  0x8c: (machine) => machine.push(machine.text(machine.byte())), // SHORT_BINUNICODE
  0x8d: (machine) => machine.push(machine.text(machine.longWord())), // BINUNICODE8
  0x55: (machine) => machine.push(machine.text(machine.byte())), // SHORT_BINSTRING
  0x54: (machine) => machine.push(machine.text(machine.word())), // BINSTRING
  0x43: (machine) => machine.push(machine.bytes(machine.byte())), // SHORT_BINBYTES
  0x42: (machine) => machine.push(machine.bytes(machine.word())), // BINBYTES
  0x8e: (machine) => machine.push(machine.bytes(machine.longWord())), // BINBYTES8
  0x96: (machine) => machine.push(machine.bytes(machine.longWord())), // BYTEARRAY8
  0x29: (machine) => machine.pushContainer([]), // EMPTY_TUPLE
  0x85: (machine) => machine.pushContainer(machine.popMany(1)), // TUPLE1
  0x86: (machine) => machine.pushContainer(machine.popMany(2)), // TUPLE2
  0x87: (machine) => machine.pushContainer(machine.popMany(3)), // TUPLE3
  0x74: (machine) => machine.pushContainer(machine.popToMark()), // TUPLE
  0x5d: (machine) => machine.pushContainer([]), // EMPTY_LIST
  0x6c: (machine) => machine.pushContainer(machine.popToMark()), // LIST
  0x61: (machine) => machine.append(machine.popMany(1)), // APPEND
  0x65: (machine) => machine.append(machine.popToMark()), // APPENDS
  0x8f: (machine) => machine.pushContainer([]), // EMPTY_SET
  0x90: (machine) => machine.append(machine.popToMark()), // ADDITEMS
  0x91: (machine) => machine.pushContainer(machine.popToMark()), // FROZENSET
  0x7d: (machine) => machine.pushContainer(new Map()), // EMPTY_DICT
  0x64: (machine) => machine.dictionary(machine.popToMark()), // DICT
  0x73: (machine) => machine.setItems(machine.popMany(2)), // SETITEM
  0x75: (machine) => machine.setItems(machine.popToMark()), // SETITEMS
  0x71: (machine) => machine.remember(machine.byte()), // BINPUT
  0x72: (machine) => machine.remember(machine.word()), // LONG_BINPUT
  0x94: (machine) => machine.memoize(), // MEMOIZE
  0x68: (machine) => machine.recall(machine.byte()), // BINGET
  0x6a: (machine) => machine.recall(machine.word()), // LONG_BINGET
  0x63: (machine) => machine.global(`${machine.line()}.${machine.line()}`), // GLOBAL
  0x93: (machine) => machine.stackGlobal(), // STACK_GLOBAL
  0x51: (machine) => machine.persistent(), // BINPERSID
  0x52: (machine) => machine.reduce(), // REDUCE
  0x81: (machine) => machine.reduce(), // NEWOBJ: cls.__new__(cls, *args), which says as much here
  0x62: (machine) => machine.build(), // BUILD
}
export const stop = 0x2e

/** Names of the opcodes that a reader is most likely to meet in a file that is refused. */
const foreignOpcodes: Readonly<Record<number, string>> = {
  0x49: 'INT',
  0x50: 'PERSID',
  0x69: 'INST',
  0x6f: 'OBJ',
  0x82: 'EXT1',
  0x83: 'EXT2',
  0x84: 'EXT4',
  0x92: 'NEWOBJ_EX',
  0x97: 'NEXT_BUFFER',
  0x98: 'READONLY_BUFFER',
}

export function opcodeName(opcode: number): string {
  const hex = `0x${opcode.toString(16).padStart(2, '0')}`
  return foreignOpcodes[opcode] ? `${foreignOpcodes[opcode]} (${hex})` : hex
}
