import type { CheckedExpectation } from './check-deck'
import type { Expectation, Operator } from './expectation'

const signs: Readonly<Record<Operator, string>> = { '=': '=', '>=': '≥', '<=': '≤', '>': '>', '<': '<' }

/** An expectation in words: what its author called it, else the place that it names; then its bound: `C2 moved, ≥ 99 %`. */
export function expectationText({ says, tensor, at, op, value }: Expectation, unit: string | null = null): string {
  const named = says ?? [tensor, ...Object.values(at)].join(' ')
  return `${named}, ${op === '=' ? 'is' : signs[op]} ${amountText(value, unit)}`
}

/** What was found, in its unit; a dash where nothing was. */
export function foundText(checked: CheckedExpectation): string {
  return 'found' in checked ? amountText(checked.found, checked.unit) : '—'
}

/** A share is told in per cent, everything else with the digits that it has, at most four after the point. */
function amountText(value: number | boolean | string, unit: string | null): string {
  if (typeof value !== 'number') return String(value)
  if (Number.isNaN(value)) return '—'
  if (unit === 'share') return `${Number((100 * value).toFixed(1))} %`
  return String(Number(value.toFixed(4))).replace('-', '−')
}
