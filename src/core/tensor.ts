/**
 * The labelled tensor: the one currency between layers, processes, files and charts.
 *
 * Plain data, because structured clone drops prototypes. `dims` names the axes and is part of the type, so that a tensor
 * with the wrong axes does not compile; `data` is row-major (the last axis is contiguous).
 */
export type TensorData = Float32Array | Float64Array | Int32Array

export interface Tensor<D extends readonly string[] = readonly string[]> {
  readonly dims: D
  readonly shape: readonly number[]
  readonly data: TensorData
  /** One name for each index of an axis. Categorical axes always have them (`H1.0`, `C2`, `carry`, `KGPG`). */
  readonly labels: { readonly [dim in D[number]]?: readonly string[] }
  /** What one entry is measured in: `nats`, `logits`, `probability`. */
  readonly unit?: string
}

/** Number of entries of a tensor of this shape. */
export function sizeOf(shape: readonly number[]): number {
  return shape.reduce((product, extent) => product * extent, 1)
}

/** Builds a tensor and checks that data, shape and labels fit together. Throws RangeError where they do not. */
export function tensor<const D extends readonly string[]>(
  dims: D,
  shape: readonly number[],
  data: TensorData,
  options: { labels?: Tensor<D>['labels']; unit?: string } = {},
): Tensor<D> {
  if (dims.length !== shape.length)
    throw new RangeError(
      `A tensor over [${dims.join(', ')}] needs ${dims.length} extents, but its shape is [${shape.join(', ')}].`,
    )
  if (data.length !== sizeOf(shape))
    throw new RangeError(
      `A tensor of shape [${shape.join(', ')}] needs ${sizeOf(shape)} entries, but ${data.length} were given.`,
    )
  const labels: Tensor<D>['labels'] = options.labels ?? {}
  dims.forEach((dim: D[number], axis) => {
    const names = labels[dim]
    if (names && names.length !== shape[axis])
      throw new RangeError(`The axis "${dim}" has ${shape[axis]} entries, but ${names.length} labels were given.`)
  })
  return options.unit === undefined ? { dims, shape, data, labels } : { dims, shape, data, labels, unit: options.unit }
}
