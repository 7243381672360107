/** A magnitude by its power of ten, with the true minus sign: `4e−14`. */
export function power(value: number): string {
  return value === 0 ? '0' : value.toExponential(0).replace('e-', 'e−').replace('e+', 'e')
}

/** A count: thousands are set apart from five digits on. */
export function countText(count: number): string {
  return count < 10_000 ? String(count) : count.toLocaleString('en')
}
