import { matrix } from '../../core/matrix'
import { singularValues } from '../../core/singular-values'
import type { Tensor } from '../../core/tensor'

/** Where each label of a probe's weights stands in the plane of the first two singular vectors, the furthest at distance 1. */
export function probeLabelPlaces({ data, shape }: Tensor<readonly ['entry', 'label']>): (readonly [number, number])[] {
  const [entries, labels] = shape as [number, number]
  const { values, rightVectors } = singularValues(matrix(entries, labels, Float64Array.from(data)))
  const places = Array.from({ length: labels }, (_, label) => {
    const along = (component: number) =>
      component < values.length ? values[component]! * rightVectors.data[label * rightVectors.columns + component]! : 0
    return [along(0), along(1)] as const
  })
  const reach = Math.max(...places.map(([x, y]) => Math.hypot(x, y)), 1e-12)
  return places.map(([x, y]) => [x / reach, y / reach])
}
