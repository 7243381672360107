import { sizeOf } from '../core/tensor'
import type { ModelConfig } from '../model/config'
import { hookNamed } from '../model/hooks'
import type { Edit } from '../model/model'
import { editableHooks } from './editable-hooks'

/**
 * Edits for one batch whose rows are edited differently: row i by `rows[i]`, whose edits each have an example axis of
 * extent 1. There is an edit for every place that can be edited at all, so that each call of a live view has the same
 * graph, and none has to wait for one to be built.
 */
export function stackedEdits(config: ModelConfig, rows: readonly (readonly Edit[])[]): Edit[] {
  return editableHooks(config).map((hook) => {
    const ofRows = rows.map((edits) => edits.find((edit) => edit.hook === hook))
    const example = ofRows.find((edit) => edit !== undefined)
    return example ? stacked(ofRows, example) : untouched(config, hook)
  })
}

const untouchedOf = new WeakMap<ModelConfig, Map<string, Edit>>()

/** An edit that replaces nothing; made once for each place, because a keystroke leaves nearly all of them untouched. */
export function untouched(config: ModelConfig, hook: string): Edit {
  const made = untouchedOf.get(config) ?? new Map<string, Edit>()
  untouchedOf.set(config, made)
  const edit = made.get(hook) ?? replacingNothing(config, hook)
  made.set(hook, edit)
  return edit
}

function replacingNothing(config: ModelConfig, hook: string): Edit {
  const shape = new Array<number>(hookNamed(config, hook).dims.length).fill(1)
  return Object.freeze({
    hook,
    mask: { shape, data: new Uint8Array(1) },
    value: { shape, data: new Float32Array(1) },
  })
}

function stacked(rows: readonly (Edit | undefined)[], { hook, mask, value }: Edit): Edit {
  const [maskShape, valueShape] = [mask.shape.slice(1), value.shape.slice(1)]
  const [maskSize, valueSize] = [sizeOf(maskShape), sizeOf(valueShape)]
  const masks = new Uint8Array(rows.length * maskSize)
  const values = new Float32Array(rows.length * valueSize)
  rows.forEach((edit, row) => {
    if (!edit) return
    masks.set(edit.mask.data, row * maskSize)
    values.set(edit.value.data, row * valueSize)
  })
  return {
    hook,
    mask: { shape: [rows.length, ...maskShape], data: masks },
    value: { shape: [rows.length, ...valueShape], data: values },
  }
}
