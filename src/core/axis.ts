import { tensor, type Tensor, type TensorData } from './tensor'

/** One axis of a tensor: its name, how many entries it has, and what these are called, where they have names. */
export interface Axis<Name extends string = string> {
  readonly name: Name
  readonly extent: number
  readonly labels?: readonly string[]
}

/** The names of some axes, in their order: what a tensor over them has as its `dims`. */
export type NamesOf<Axes extends readonly Axis[]> = {
  readonly [Index in keyof Axes]: Axes[Index] extends Axis<infer Name> ? Name : never
}

/** An axis whose entries are called so, or of so many entries without names. */
export function axis<const Name extends string>(name: Name, entries: readonly string[] | number): Axis<Name> {
  return typeof entries === 'number' ? { name, extent: entries } : { name, extent: entries.length, labels: entries }
}

/** An axis whose entries are called `0`, `1` and so on. */
export function numberedAxis<const Name extends string>(name: Name, extent: number): Axis<Name> {
  return axis(
    name,
    Array.from({ length: extent }, (_, index) => String(index)),
  )
}

/** A tensor over these axes, which its shape and its labels follow from. Plain numbers are kept in double precision. */
export function tensorOver<const Axes extends readonly Axis[]>(
  axes: Axes,
  data: TensorData | readonly number[],
  unit?: string,
): Tensor<NamesOf<Axes>> {
  const labels = Object.fromEntries(axes.flatMap(({ name, labels: names }) => (names ? [[name, names]] : [])))
  const made = tensor(
    axes.map(({ name }) => name),
    axes.map(({ extent }) => extent),
    ArrayBuffer.isView(data) ? data : Float64Array.from(data),
    { labels, ...(unit !== undefined && { unit }) },
  )
  return made as unknown as Tensor<NamesOf<Axes>>
}
