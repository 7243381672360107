/** Which entries of an axis are named, where each takes `step` CSS pixels and a name needs `room`. */
export function namedEntries(count: number, step: number, room: number, marked: readonly number[] = []): number[] {
  const stride = strides.find((each) => each * step >= room) ?? count
  // A marked entry is always named; the ordinary names beside it give way.
  const isFree = (index: number) => marked.every((other) => Math.abs(other - index) * step >= room)
  const ordinary = Array.from({ length: count }, (_, index) => index).filter(
    (index) => index % stride === 0 && isFree(index),
  )
  return [...ordinary, ...marked].toSorted((one, other) => one - other)
}

const strides = [1, 2, 5, 10, 20, 50, 100, 200, 500]

/** Places moved as little as needed so that neighbours are `room` apart; ascending in, ascending out, below `end`. */
export function spreadOut(places: readonly number[], room: number, end: number): number[] {
  const spread = [...places]
  for (let index = 1; index < spread.length; index++)
    spread[index] = Math.max(spread[index]!, spread[index - 1]! + room)
  let limit = end
  for (let index = spread.length - 1; index >= 0; index--) {
    spread[index] = Math.min(spread[index]!, limit)
    limit = spread[index]! - room
  }
  return spread
}
