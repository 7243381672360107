import type { Reading } from '../model/files/open-model'
import { fullProcessing, processWeights } from '../model/processing'

const processed = new WeakMap<Reading, ReturnType<typeof processWeights>>()

/** A model's weights after all of TransformerLens's steps: looking at how it adds, and then opening it, take them once. */
export function fullyProcessed(reading: Reading): ReturnType<typeof processWeights> {
  const known = processed.get(reading) ?? processWeights(reading, fullProcessing)
  processed.set(reading, known)
  return known
}
