/** A count: thousands are set apart from five digits on. */
export function countText(count: number): string {
  return count < 10_000 ? String(count) : count.toLocaleString('en')
}

/** A count with its noun: `1 sum`, `48 sums`. */
export function counted(count: number, noun: string): string {
  return `${countText(count)} ${noun}${count === 1 ? '' : 's'}`
}

/** `C0`, `C0 and C1`, `C0, C1 and C3`. */
export function listed(words: readonly string[]): string {
  const last = words.at(-1) ?? ''
  return words.length < 2 ? last : `${words.slice(0, -1).join(', ')} and ${last}`
}
