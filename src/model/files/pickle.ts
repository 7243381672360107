import { BadInput } from '../../core/bad-input'
import { PickleMachine } from './pickle-machine'
import { opcodeName, steps, stop } from './pickle-opcodes'
import type { PickleValue, PickleWorld } from './pickle-values'

/** A checkpoint's pickle describes tensors that lie elsewhere, so that a few kilobytes are usual. */
const largestPickle = 8 * 2 ** 20

/** The value of a pickle, and the byte after it. */
export interface ReadPickle {
  readonly value: PickleValue
  readonly end: number
}

/**
 * Reads a pickle that begins at `offset`, with a fixed list of opcodes. Nothing in it is executed. Throws BadInput for any other
 * opcode, for more than a checkpoint needs, or where it breaks off.
 */
export function readPickle(file: string, bytes: Uint8Array, world: PickleWorld, offset = 0): ReadPickle {
  const machine = new PickleMachine(file, bytes, world, offset)
  for (let opcode = machine.byte(); opcode !== stop; opcode = machine.byte()) {
    const step = steps[opcode]
    if (!step)
      throw new BadInput(
        `The file "${file}" contains the pickle opcode ${opcodeName(opcode)}, which a checkpoint of tensors does not need; it was refused unread.`,
      )
    step(machine)
    if (machine.offset - offset > largestPickle)
      throw new BadInput(
        `The pickle in "${file}" has more than ${largestPickle / 2 ** 20} MiB, more than any checkpoint of such a model; save model.state_dict() by itself.`,
      )
  }
  return { value: machine.pop(), end: machine.offset }
}
