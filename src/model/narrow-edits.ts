import type { ModelConfig } from './config'
import { hookNamed } from './hooks'
import type { Edit } from './model'

type EditArray = Edit['mask'] | Edit['value']

/** The edits for a run that computes only `positions` from the last layer's queries on: hooks from there on lose the others. */
export function narrowEdits(config: ModelConfig, edits: readonly Edit[], positions: readonly number[]): Edit[] {
  return edits.map((edit) => {
    const { dims, narrowed } = hookNamed(config, edit.hook)
    if (!narrowed) return edit
    const axis = dims.findIndex((dim) => dim === 'position' || dim === 'query')
    return { hook: edit.hook, mask: pick(edit.mask, axis, positions), value: pick(edit.value, axis, positions) }
  })
}

/** The entries at `indices` of an axis, in that order; an axis of extent 1 is broadcast and stays. */
function pick<A extends EditArray>(array: A, axis: number, indices: readonly number[]): A {
  const extent = array.shape[axis]!
  if (extent === 1) return array
  const inner = array.shape.slice(axis + 1).reduce((product, size) => product * size, 1)
  const outer = array.data.length / (extent * inner)
  const data = array.data.slice(0, outer * indices.length * inner)
  for (let block = 0, to = 0; block < outer; block++)
    for (const index of indices)
      for (let column = 0; column < inner; column++) data[to++] = array.data[(block * extent + index) * inner + column]!
  return { ...array, shape: array.shape.with(axis, indices.length), data }
}
