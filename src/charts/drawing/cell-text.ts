import { decimalText, lossText, minus, percentText } from './number-text'
import type { Table } from './table'

/** A cell of a table as it is read: in its unit, with as many digits as tell values apart. What is saved has them all. */
export function cellText({ rows, units, rowUnits }: Table, row: number, column: number): string {
  const value = rows[row]![column]!
  if (typeof value === 'string') return value
  const unit = rowUnits?.[row] ?? units?.[column] ?? ''
  if (unit === 'share' && !Number.isNaN(value)) return `${percentText(value)} %`
  if (unit === 'probability') return probabilityText(value)
  return Number.isInteger(value) && unit !== 'nats' ? decimalText(value, 0) : lossText(value)
}

/** Four decimals, so that columns align; a power of ten where these would hide the value. */
function probabilityText(value: number): string {
  const isHidden = value !== 0 && value < 0.001
  return isHidden ? value.toExponential(1).replaceAll('-', minus) : decimalText(value, 4)
}
