import type { PredictionScale, PredictionsInput } from './predictions-input'
import { decimalText, signedText } from '../drawing/number-text'

/** What is drawn for one token at one answer digit. Spans are fractions of the axis, from its left end. */
export interface PredictionBar {
  /** Answer digit, 0 is C0. */
  readonly digit: number
  /** Vocabulary entry, 0-11. */
  readonly token: number
  /** Probabilities, whatever the scale. */
  readonly clean: number
  readonly now: number
  /** Whether the model answers with this token, wrongly. */
  readonly wrong: boolean
  readonly outline: readonly [number, number] | null
  readonly solid: readonly [number, number] | null
  readonly label: { readonly text: string; readonly bold: boolean } | null
}

/** Below this a bar is not drawn. */
const leastBar = 0.004
/** Below this a figure is not written, and `+` and `=` get no row. */
const leastLabel = 0.01
/** Where the logarithmic axis begins, in nats. */
const lowestLog = -10

/** Every bar, column by column; the rows of `+` and `=` only where one of them passes 0.01. */
export function predictionBars(input: PredictionsInput): PredictionBar[] {
  const { clean, now, truth, intervened } = input
  const vocab = clean.probs.shape[1]!
  const figures = [clean, now].flatMap(({ probs }) => Array.from(probs.data))
  const extra = figures.some((value, index) => index % vocab >= 10 && value >= leastLabel)
  const rows = extra ? vocab : Math.min(vocab, 10)
  return truth.flatMap((correct, digit) =>
    Array.from({ length: rows }, (_, token) => {
      const values = { clean: clean.probs.data[digit * vocab + token]!, now: now.probs.data[digit * vocab + token]! }
      const wrong = now.predicted[digit] === token && token !== correct
      return { digit, token, ...values, wrong, ...shape[input.scale](values, intervened) }
    }),
  )
}

interface Pair {
  readonly clean: number
  readonly now: number
}
type Shape = Pick<PredictionBar, 'outline' | 'solid' | 'label'>

const shape: Record<PredictionScale, (values: Pair, intervened: boolean) => Shape> = {
  p({ clean, now }, intervened) {
    const solid = intervened && now >= leastBar ? ([0, now] as const) : null
    const outline = clean >= leastBar ? ([0, clean] as const) : null
    if (intervened && now >= leastLabel) return { solid, outline, label: { text: decimalText(now, 3), bold: true } }
    if (clean >= leastLabel) return { solid, outline, label: { text: decimalText(clean, 3), bold: false } }
    return { solid, outline, label: null }
  },
  logp({ clean, now }, intervened) {
    const shown = intervened ? now : clean
    const label = Number.isNaN(shown) ? null : { text: decimalText(Math.log(shown), 1), bold: intervened }
    return { solid: intervened ? logSpan(now) : null, outline: logSpan(clean), label }
  },
  delta({ clean, now }, intervened) {
    const difference = now - clean
    if (!intervened || !(Math.abs(difference) >= leastBar)) return { solid: null, outline: null, label: null }
    const end = 0.5 + difference / 2
    const label = Math.abs(difference) >= leastLabel ? { text: signedText(difference, 3), bold: true } : null
    return { solid: [Math.min(0.5, end), Math.max(0.5, end)], outline: null, label }
  },
}

function logSpan(probability: number): readonly [number, number] | null {
  const length = 1 - Math.log(probability) / lowestLog
  return length > 0 ? [0, Math.min(length, 1)] : null
}
