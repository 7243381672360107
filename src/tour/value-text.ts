import type { Bounds, Quantity } from './claim'

/** A value in its quantity's unit: `99.6 %`, `35.5°`, `−0.994`; a dash where nothing was measured. */
export function valueText(value: number, { unit }: Pick<Quantity, 'unit'>): string {
  if (Number.isNaN(value)) return '—'
  switch (unit) {
    case 'share':
      return `${decimal(100 * value, 1)} %`
    case 'degrees':
      return `${decimal(value, 1)}°`
    case 'rows':
    case 'heads':
    case 'sums':
      return value.toLocaleString('en-US')
    default:
      return decimal(value, 3)
  }
}

/** The values of all of a claim's quantities: `71.4 %, 1.2 %`. */
export function valuesText(values: readonly number[], quantities: readonly Pick<Quantity, 'unit'>[]): string {
  return quantities.map((quantity, index) => valueText(values[index]!, quantity)).join(', ')
}

function decimal(value: number, places: number): string {
  const text = value.toFixed(places)
  return Number(text) === 0 ? text.replace('-', '') : text.replace('-', '−')
}

/** What confirms and what refutes: `confirmed at least 99.0 %, refuted at most 90.0 %`. */
export function verdictBoundsText(quantity: Quantity): string {
  return (['confirmed', 'refuted'] as const)
    .map((verdict) => [verdict, boundsText(quantity[verdict], quantity)] as const)
    .flatMap(([verdict, bounds]) => (bounds === null ? [] : [`${verdict} ${bounds}`]))
    .join(', ')
}

/** Bounds in words: `at least 99.0 %`, `33.0° to 39.0°`; null where there are none. */
export function boundsText({ least, most }: Bounds, quantity: Pick<Quantity, 'unit'>): string | null {
  if (least !== undefined && most !== undefined) return `${valueText(least, quantity)} to ${valueText(most, quantity)}`
  if (least !== undefined) return `at least ${valueText(least, quantity)}`
  return most === undefined ? null : `at most ${valueText(most, quantity)}`
}
