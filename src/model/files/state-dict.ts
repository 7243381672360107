import { BadInput } from '../../core/bad-input'
import { InertObject, type PickleValue } from './pickle-values'
import type { StoredTensor, StoredTensors } from './stored-tensor'
import { hasEmbedding } from './tensor-names'
import { TorchTensor } from './torch-tensor'

type Dictionary = ReadonlyMap<PickleValue, PickleValue>

/** What a checkpoint holds of a model. */
export interface Checkpoint {
  readonly tensors: StoredTensors
  /** The configuration that was kept beside the weights, if there is one, by field. */
  readonly config: Readonly<Record<string, unknown>> | null
  /** Where in the checkpoint the weights lie: the keys on the way, a list's index among them as text. */
  readonly within: readonly string[]
}

/** How deep a state_dict may lie, and how many values of one depth are looked into. */
const deepest = 3
const widest = 1000

/**
 * The state_dict in what `torch.save` wrote: the thing itself, or an entry of a checkpoint that has step counts, losses and an
 * optimizer's state beside it. Of a list of state_dicts it is the last. Throws BadInput where there is none.
 */
export function checkpointOf(file: string, value: PickleValue): Checkpoint {
  const found = find(value)
  if (!found)
    throw new BadInput(
      `The file "${file}" holds no state_dict (${described(value)}); save model.state_dict() by itself.`,
    )
  return {
    tensors: found.tensors,
    within: found.within,
    config: value instanceof Map ? configIn(value) : null,
  }
}

type Found = Pick<Checkpoint, 'tensors' | 'within'>
interface Place {
  readonly value: PickleValue
  readonly within: readonly string[]
}

/** The shallowest dictionary with a token embedding, or else with any tensors; of several at one depth, the first. */
function find(value: PickleValue): Found | null {
  let level: readonly Place[] = [{ value, within: [] }]
  let withTensors: Found | null = null
  for (let reached = 0; reached <= deepest; reached++) {
    for (const one of level) {
      const tensors = tensorsIn(one.value)
      const found = { tensors, within: one.within }
      if (hasEmbedding(tensors)) return found
      if (tensors.size > 0) withTensors ??= found
    }
    level = level.flatMap(entriesOf).slice(0, widest)
  }
  return withTensors
}

function tensorsIn(value: PickleValue): StoredTensors {
  const tensors = new Map<string, StoredTensor>()
  if (!(value instanceof Map)) return tensors
  for (const [name, tensor] of value as Dictionary)
    if (typeof name === 'string' && tensor instanceof TorchTensor) tensors.set(name, tensor)
  return tensors
}

/** What lies in a dictionary, an optimizer's state aside, or last in a list. */
function entriesOf({ value, within }: Place): Place[] {
  if (Array.isArray(value)) {
    const last = value.findLastIndex((entry: PickleValue) => entry instanceof Map)
    return last < 0 ? [] : [{ value: value[last] as PickleValue, within: [...within, `${last}`] }]
  }
  if (!(value instanceof Map)) return []
  return [...(value as Dictionary)].flatMap(([name, entry]) =>
    typeof name === 'string' && typeof entry === 'object' && !/optim/i.test(name)
      ? [{ value: entry, within: [...within, name] }]
      : [],
  )
}

/** A configuration of the library kept under one of its usual names: a dictionary, or the library's own object. */
function configIn(root: Dictionary): Readonly<Record<string, unknown>> | null {
  for (const name of ['cfg', 'config', 'model_cfg', 'model_config']) {
    const entry = root.get(name)
    const fields = entry instanceof InertObject ? entry.attributes : entry
    if (!(fields instanceof Map) || !fields.has('n_layers') || !fields.has('d_model')) continue
    const known = [...(fields as Dictionary)].filter(
      ([key, value]) => typeof key === 'string' && (value === null || typeof value !== 'object'),
    )
    return Object.fromEntries(known) as Record<string, unknown>
  }
  return null
}

function described(value: PickleValue): string {
  if (!(value instanceof Map)) return 'it is no dictionary'
  const names = [...value.keys()].filter((name) => typeof name === 'string').map((name) => name.slice(0, 20))
  if (names.length === 0) return 'it is an empty dictionary'
  return `it has ${names.slice(0, 5).join(', ')}${names.length > 5 ? ', …' : ''}`
}
