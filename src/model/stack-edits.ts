import type { Edit } from './model'

/** Some rows of a batch and the edits that act in them. */
export interface EditedRows {
  readonly examples: number
  readonly edits: readonly Edit[]
}

/**
 * The edits of a batch whose rows are those of `parts`, one after the other: clean rows beside differently intervened ones
 * in a single run. Each part acts in its own rows only. The parts' edits of a hook must have the same extents but for
 * their example axis, as those of `resolveEdits` have.
 */
export function stackEdits(parts: readonly EditedRows[]): Edit[] {
  const hooks = new Set(parts.flatMap(({ edits }) => edits.map(({ hook }) => hook)))
  return [...hooks].map((hook) => {
    const rows = parts.map(({ examples, edits }) => ({ examples, edit: edits.find((edit) => edit.hook === hook) }))
    const some = rows.find(({ edit }) => edit)!.edit!
    const precise = rows.some(({ edit }) => edit?.value.data instanceof Float64Array)
    const masks = rows.map(({ examples, edit }) => ({ examples, array: edit?.mask }))
    const values = rows.map(({ examples, edit }) => ({ examples, array: edit?.value }))
    return {
      hook,
      mask: stacked(masks, some.mask.shape, (length) => new Uint8Array(length)),
      value: stacked(values, some.value.shape, (length) =>
        precise ? new Float64Array(length) : new Float32Array(length),
      ),
    }
  })
}

interface Rows {
  readonly examples: number
  /** Absent where nothing acts: zeros. With an example axis of extent 1 it serves all its rows. */
  readonly array: { readonly shape: readonly number[]; readonly data: ArrayLike<number> } | undefined
}

function stacked<A extends Uint8Array | Float32Array | Float64Array>(
  parts: readonly Rows[],
  [, ...rest]: readonly number[],
  create: (length: number) => A,
): { shape: readonly number[]; data: A } {
  const width = rest.reduce((product, extent) => product * extent, 1)
  const total = parts.reduce((sum, { examples }) => sum + examples, 0)
  const data = create(total * width)
  let row = 0
  for (const { examples, array } of parts)
    for (let example = 0; example < examples; example++, row++)
      for (let column = 0; array && column < width; column++)
        data[row * width + column] = array.data[(example % array.shape[0]!) * width + column]!
  return { shape: [total, ...rest], data }
}
