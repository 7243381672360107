import type { TaskLayout } from '../../core/task-layout'
import { vocabularyOrder } from '../../core/vocabulary'
import type { ModelConfig } from '../config'
import type { StoredTensor, StoredTensors } from './stored-tensor'

/**
 * A file's tensors as the program computes with them: the vocabulary in the order of `vocabularyOrder`, and only the positions
 * of a sum. What comes after a sum changes nothing, because no position sees a later one. A tensor of another shape than the
 * file's configuration has stays as it is, to be refused by name.
 */
export function sumTensors(
  tensors: StoredTensors,
  layout: TaskLayout,
  file: Pick<ModelConfig, 'd_vocab' | 'n_ctx'>,
  length: number,
): StoredTensors {
  const order = vocabularyOrder(layout, file.d_vocab)
  const positions = Array.from({ length }, (_, position) => position)
  const chosen: Record<string, { axis: number; extent: number; entries: readonly number[] }> = {
    'embed.W_E': { axis: 0, extent: file.d_vocab, entries: order },
    'unembed.W_U': { axis: 1, extent: file.d_vocab, entries: order },
    'unembed.b_U': { axis: 0, extent: file.d_vocab, entries: order },
    'pos_embed.W_pos': { axis: 0, extent: file.n_ctx, entries: positions },
  }
  return new Map(
    [...tensors].map(([name, stored]) => {
      const choice = chosen[name]
      const isAsTold = choice && stored.shape[choice.axis] === choice.extent
      return [name, isAsTold ? picked(stored, choice.axis, choice.entries) : stored]
    }),
  )
}

/** The entries of one axis, in another order or fewer. */
function picked(stored: StoredTensor, axis: number, entries: readonly number[]): StoredTensor {
  const { shape } = stored
  if (entries.length === shape[axis] && entries.every((entry, index) => entry === index)) return stored
  const inner = shape.slice(axis + 1).reduce((count, extent) => count * extent, 1)
  const outer = shape.slice(0, axis).reduce((count, extent) => count * extent, 1)
  const read = () => {
    const data = stored.read()
    const result = data.slice(0, outer * entries.length * inner)
    for (let block = 0; block < outer; block++)
      entries.forEach((entry, index) => {
        const from = (block * shape[axis]! + entry) * inner
        result.set(data.subarray(from, from + inner), (block * entries.length + index) * inner)
      })
    return result
  }
  return { ...stored, shape: shape.with(axis, entries.length), read }
}
