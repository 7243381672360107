/** Numbers as they stand in pictures: the true minus sign U+2212, never a negative zero, a dash where there is none. */

export const minus = '−'
const missing = '–'

/** So many decimals: `0.995`, `−3`. */
export function decimalText(value: number, decimals: number): string {
  if (Number.isNaN(value)) return missing
  const text = Number.isFinite(value) ? Math.abs(value).toFixed(decimals) : '∞'
  return value < 0 && Number(text) !== 0 ? minus + text : text
}

/** With its sign always: `+1.7`, `−0.2`, `+0.0`. */
export function signedText(value: number, decimals: number): string {
  const text = decimalText(value, decimals)
  return Number.isNaN(value) || text.startsWith(minus) ? text : `+${text}`
}

/** A loss in nats: two decimals from 1 on, four below, and a power of ten where these would hide it: `1.3e−5`. */
export function lossText(loss: number): string {
  if (loss === 0) return '0'
  if (Math.abs(loss) < 0.001) return loss.toExponential(1).replaceAll('-', minus)
  return decimalText(loss, Math.abs(loss) < 1 ? 4 : 2)
}

/** A share in per cent: one decimal, and none for the whole, which `100.0` may fall short of. */
export function percentText(share: number): string {
  return share === 1 ? '100' : decimalText(share * 100, 1)
}

/** A magnitude by its power of ten: `4e−14`. */
export function powerText(value: number): string {
  return value === 0 ? '0' : value.toExponential(0).replace('-', minus).replace('+', '')
}

/** Five significant digits, fewer where they say the same, and whole numbers whole, which may count: for tables. */
export function shortText(value: number): string {
  if (Number.isNaN(value)) return missing
  if (!Number.isFinite(value)) return value < 0 ? `${minus}∞` : '∞'
  return String(Number.isInteger(value) ? value : Number(value.toPrecision(5))).replaceAll('-', minus)
}
