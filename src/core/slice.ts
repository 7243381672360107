import type { Tensor } from './tensor'

/** One entry of a tensor's first axis, over the same data. */
export function sliceOf<First extends string, Rest extends readonly string[]>(
  { dims, shape, data, labels, unit }: Tensor<readonly [First, ...Rest]>,
  index: number,
): Tensor<Rest> {
  const [, ...rest] = dims
  const size = data.length / shape[0]!
  return {
    dims: rest,
    shape: shape.slice(1),
    data: data.subarray(index * size, (index + 1) * size),
    labels,
    ...(unit !== undefined && { unit }),
  } as unknown as Tensor<Rest>
}
