import { type StoredTensor, type StoredTensors, sizeOf } from './stored-tensor'
import { isWeightType } from './element-type'

/** The token embedding's key, TransformerLens's classic one or the native one of its version 4, by which a prefix is told. */
const embedding = /^(.*?\.)?embed\.(W_E|weight|_original_component\.weight)$/

export function hasEmbedding(tensors: StoredTensors): boolean {
  return [...tensors.keys()].some((name) => embedding.test(name))
}

/**
 * What wrappers put before every name: `module.` of DataParallel and AveragedModel, `_orig_mod.` of torch.compile, `model.` of a
 * Lightning module, or several of them.
 */
export function prefixOf(tensors: StoredTensors): string {
  const key = [...tensors.keys()].find((name) => embedding.test(name))
  return key === undefined ? '' : (embedding.exec(key)![1] ?? '')
}

/**
 * The tensors under the names that they have in a state_dict of the model alone: without a wrapper's prefix and what else the wrapper
 * holds, and without the masks that TransformerLens keeps.
 */
export function modelTensors(tensors: StoredTensors, prefix: string): StoredTensors {
  return new Map(
    [...tensors].flatMap(([name, tensor]): [string, StoredTensor][] => {
      if (!name.startsWith(prefix) || isBuffer(name, tensor)) return []
      return [[name.slice(prefix.length).replace('._original_component.', '.'), tensor]]
    }),
  )
}

/** What is no weight: causal masks and their fill value, and whole numbers such as counters. */
function isBuffer(name: string, { type, shape }: StoredTensor): boolean {
  return /(^|\.)(mask|IGNORE)$/.test(name) || !isWeightType(type) || sizeOf(shape) === 0
}
