/** A count: thousands are set apart from five digits on. */
export function countText(count: number): string {
  return count < 10_000 ? String(count) : count.toLocaleString('en')
}
