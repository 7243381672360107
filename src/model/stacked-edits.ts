import type { Edit } from './model'

/**
 * Joins the edits of single rows into those of one batch, so that clean and intervened rows run side by side: row r of the
 * batch gets `rows[r]`, each of whose edits is for one example. A row without an edit at a hook keeps its own activation.
 */
export function stackEdits(rows: readonly (readonly Edit[])[]): Edit[] {
  const byHook = new Map(rows.flat().map((edit) => [edit.hook, edit]))
  return Array.from(byHook.values(), ({ hook, mask, value }) => {
    const masks = new Uint8Array(rows.length * mask.data.length)
    const values = new (value.data instanceof Float64Array ? Float64Array : Float32Array)(
      rows.length * value.data.length,
    )
    rows.forEach((edits, row) => {
      const edit = edits.find((candidate) => candidate.hook === hook)
      if (!edit) return
      masks.set(edit.mask.data, row * mask.data.length)
      values.set(edit.value.data, row * value.data.length)
    })
    return {
      hook,
      mask: { shape: [rows.length, ...mask.shape.slice(1)], data: masks },
      value: { shape: [rows.length, ...value.shape.slice(1)], data: values },
    }
  })
}
