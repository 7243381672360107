import { tensor } from '../../core/tensor'
import type { ActivationCache } from '../../model/model'
import { batchSize } from '../running/run-batches'

/** Hooks of single examples out of runs of consecutive batches: `places` are counted through all of them. */
export function reordered(
  runs: readonly ActivationCache[],
  places: readonly number[],
  hooks: readonly string[],
): ActivationCache {
  return new Map(
    hooks.map((hook) => {
      const ofRuns = runs.map((run) => run.get(hook)!)
      const { dims, shape } = ofRuns[0]!
      const row = shape.slice(1).reduce((product, extent) => product * extent, 1)
      const data = new (ofRuns[0]!.data instanceof Float64Array ? Float64Array : Float32Array)(places.length * row)
      places.forEach((place, index) => {
        const from = (place % batchSize) * row
        data.set(ofRuns[Math.floor(place / batchSize)]!.data.subarray(from, from + row), index * row)
      })
      return [hook, tensor(dims, [places.length, ...shape.slice(1)], data)]
    }),
  )
}
