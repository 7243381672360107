/** A count: thousands are set apart from five digits on. */
export function countText(count: number): string {
  return count < 10_000 ? String(count) : count.toLocaleString('en')
}

/** `1 sum`, `48 sums`. */
export function sumsText(count: number): string {
  return counted(count, 'sum')
}

/** A count with its noun: `1 intervention`, `2 interventions`. */
export function counted(count: number, noun: string): string {
  return `${countText(count)} ${noun}${count === 1 ? '' : 's'}`
}
