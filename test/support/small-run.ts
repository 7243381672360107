import type { AttributedRun } from '../../src/charts/attribution/attribution-input'
import type { Display } from '../../src/charts/drawing/display'
import type { PredictedRun } from '../../src/charts/sums/predictions-input'
import { tensor } from '../../src/core/tensor'

/** A picture of a light screen, in the size of half a panel. */
export const display: Display = { theme: 'light', palette: 'standard', stage: false, width: 320, height: 160 }

/** A two-digit model's answer: one row of twelve probabilities for each digit. */
export function predictedRun(rows: readonly (readonly number[])[]): PredictedRun {
  const data = Float64Array.from(rows.flat())
  const predicted = rows.map((row) => row.indexOf(Math.max(...row)))
  const perOutput = (values: Float64Array) => tensor(['digit', 'vocab'], [rows.length, 12], values)
  return { logits: perOutput(data.map(Math.log)), probs: perOutput(data), predicted }
}

/** A row of twelve probabilities, 0 but for those given. */
export function row(given: Readonly<Record<number, number>>): number[] {
  return Array.from({ length: 12 }, (_, token) => given[token] ?? 0)
}

/** One answer digit's attribution: what each component adds to the ten digits; the logits are what they add up to. */
export function attributedRun(parts: Readonly<Record<string, readonly number[]>>, predicted = 0): AttributedRun {
  const component = Object.keys(parts)
  const logits = new Float64Array(12)
  for (const part of Object.values(parts)) part.forEach((value, digit) => (logits[digit]! += value))
  return {
    attribution: tensor(
      ['component', 'digit', 'logit'],
      [component.length, 1, 10],
      Float64Array.from(Object.values(parts).flat()),
      { labels: { component } },
    ),
    logits: tensor(['digit', 'vocab'], [1, 12], logits),
    predicted: [predicted],
  }
}

/** Ten values, one for each digit. */
export function ten(value: (digit: number) => number): number[] {
  return Array.from({ length: 10 }, (_, digit) => value(digit))
}
