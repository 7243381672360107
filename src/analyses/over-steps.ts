import { sizeOf, tensor, type Tensor, type TensorData } from '../core/tensor'
import type { AnalysisResult, Scalar } from './analysis'

type Value = AnalysisResult[string]

/**
 * The results of one analysis of several states of a training as one: each tensor has `step` before its own axes, each number is
 * a tensor over `step`, and texts are a list with an entry for each step.
 */
export type OverSteps<R extends AnalysisResult> = { readonly [Name in keyof R]: OverStepsOf<R[Name]> }

type OverStepsOf<V> =
  V extends Tensor<infer D>
    ? Tensor<readonly ['step', ...D]>
    : V extends string | readonly string[]
      ? readonly string[]
      : V extends Scalar
        ? Tensor<readonly ['step']>
        : V

/**
 * Puts results together, one for each step and in the same order. Where an axis has other labels at other steps, as an axis of
 * what was found best has, its entries are put together by label; what a step does not have is NaN. Truths are 1 and 0. A list of
 * texts that is the same at every step stays as it is, else it is one line for each step. Throws RangeError where two
 * results cannot be of one analysis.
 */
export function overSteps<R extends AnalysisResult>(steps: readonly number[], results: readonly R[]): OverSteps<R> {
  const names = [...new Set(results.flatMap((result) => Object.keys(result)))]
  const step = steps.map(String)
  return Object.fromEntries(
    names.map((name): [string, Value] => {
      const values = results.map((result) => result[name] ?? null)
      return [name, joined(name, values, step)]
    }),
  ) as OverSteps<R>
}

function joined(name: string, values: readonly Value[], step: readonly string[]): Value {
  const present = values.filter((value) => value !== null)
  if (present.length > 0) {
    if (present.every(isTensor)) return joinedTensors(name, values, step)
    if (present.every(isList)) return joinedLists(values, step)
    if (present.every(isText)) return values.map((value) => (isText(value) ? value : ''))
    if (present.some((value) => typeof value === 'object'))
      throw new RangeError(`"${name}" is a tensor at some steps and something else at others.`)
  }
  const numbers = Float64Array.from(values, (value) => (value === null ? NaN : Number(value)))
  return tensor(['step'], [step.length], numbers, { labels: { step } })
}

function isList(value: Value): value is readonly string[] {
  return Array.isArray(value)
}

function isText(value: Value): value is string {
  return typeof value === 'string'
}

function isTensor(value: Value): value is Tensor {
  return typeof value === 'object' && value !== null && 'dims' in value
}

function joinedLists(values: readonly Value[], step: readonly string[]): readonly string[] {
  const lists = values.map((value) => (isList(value) ? value : []))
  if (lists.every((list) => sameTexts(list, lists[0]!))) return lists[0]!
  return lists.map((list, index) => `step ${step[index]!}: ${list.join(', ') || '–'}`)
}

/** An axis of the joined tensor, and where each tensor's entries along it go. */
interface Axis {
  readonly extent: number
  readonly labels: readonly string[] | undefined
  readonly places: readonly (readonly number[])[]
}

function joinedTensors(name: string, values: readonly Value[], step: readonly string[]): Tensor {
  const present = values.filter(isTensor)
  const { dims, unit } = present[0]!
  if (present.some((other) => !sameTexts(other.dims, dims)))
    throw new RangeError(`"${name}" has other axes at some steps than at others.`)
  const axes = dims.map((_, axis) => joinedAxis(present, axis))
  const shape = axes.map(({ extent }) => extent)
  const data = emptyLike(present, step.length * sizeOf(shape))
  values.forEach((value, index) => {
    if (isTensor(value)) place(value, present.indexOf(value), axes, data, index * sizeOf(shape))
  })
  const named = dims.map((dim, axis) => [dim, axes[axis]!.labels] as const).filter(([, labels]) => labels !== undefined)
  return tensor(['step', ...dims], [step.length, ...shape], data, {
    labels: { ...Object.fromEntries(named), step },
    ...(unit !== undefined && { unit }),
  })
}

function joinedAxis(tensors: readonly Tensor[], axis: number): Axis {
  const labels = tensors.map(({ dims, labels: named }) => named[dims[axis]!])
  const [first] = labels
  if (labels.every((names) => names === undefined || (first !== undefined && sameTexts(names, first)))) {
    const extents = tensors.map(({ shape }) => shape[axis]!)
    const places = extents.map((extent) => Array.from({ length: extent }, (_, index) => index))
    return { extent: Math.max(...extents), labels: first, places }
  }
  const all = [...new Set(labels.flatMap((names) => names ?? []))]
  const places = labels.map((names) => (names ?? []).map((label) => all.indexOf(label)))
  return { extent: all.length, labels: all, places }
}

/** In the tensors' own precision where they all have one, and where every entry is going to be there. */
function emptyLike(tensors: readonly Tensor[], length: number): TensorData {
  const whole = tensors.reduce((sum, { data }) => sum + data.length, 0) === length
  if (whole && tensors.every(({ data }) => data instanceof Int32Array)) return new Int32Array(length)
  if (tensors.every(({ data }) => data instanceof Float32Array)) return new Float32Array(length).fill(NaN)
  return new Float64Array(length).fill(NaN)
}

/** Writes a tensor's entries to where its labels say, from `begin` on. */
function place({ shape, data }: Tensor, which: number, axes: readonly Axis[], target: TensorData, begin: number): void {
  for (let entry = 0; entry < data.length; entry++) {
    let [rest, at, stride] = [entry, 0, 1]
    for (let axis = axes.length - 1; axis >= 0; axis--) {
      const { extent, places } = axes[axis]!
      at += stride * places[which]![rest % shape[axis]!]!
      rest = Math.floor(rest / shape[axis]!)
      stride *= extent
    }
    target[begin + at] = data[entry]!
  }
}

function sameTexts(one: readonly string[], other: readonly string[]): boolean {
  return one.length === other.length && one.every((text, index) => text === other[index])
}
