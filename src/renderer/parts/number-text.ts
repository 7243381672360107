/** A magnitude by its power of ten, with the true minus sign: `4e−14`. */
export function power(value: number): string {
  return value === 0 ? '0' : value.toExponential(0).replace('e-', 'e−').replace('e+', 'e')
}

/** A number with its sign always and the true minus: `+1.73`, `−0.20`. */
export function signed(value: number, decimals: number): string {
  const text = Math.abs(value).toFixed(decimals)
  return value < 0 && Number(text) !== 0 ? `−${text}` : `+${text}`
}
