import type { Schedule } from '../analysis'

/**
 * What a process does of what is divided: consecutive items, layer by layer, so that whoever has none of the last layer does not
 * run it. All of them where nothing is divided.
 */
export function consecutiveShare<T>(items: readonly T[], { share = { index: 0, of: 1 } }: Schedule = {}): readonly T[] {
  const border = (index: number) => Math.round((index * items.length) / share.of)
  return items.slice(border(share.index), border(share.index + 1))
}
