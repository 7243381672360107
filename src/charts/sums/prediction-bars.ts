import { logSoftmax } from '../../core/softmax'
import type { PredictedRun, PredictionScale, PredictionsInput } from './predictions-input'
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
  /** Their natural logarithms, in nats. */
  readonly cleanLog: number
  readonly nowLog: number
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
  const logs = { clean: logProbs(clean), now: logProbs(now) }
  const rows = extra ? vocab : Math.min(vocab, 10)
  return truth.flatMap((correct, digit) =>
    Array.from({ length: rows }, (_, token) => {
      const values = {
        clean: clean.probs.data[digit * vocab + token]!,
        now: now.probs.data[digit * vocab + token]!,
        cleanLog: logs.clean[digit]![token]!,
        nowLog: logs.now[digit]![token]!,
      }
      const wrong = now.predicted[digit] === token && token !== correct
      return { digit, token, ...values, wrong, ...shape[input.scale](values, intervened) }
    }),
  )
}

/** The natural logarithms of the probabilities, [digit][token]. */
export function logProbs({ logits }: PredictedRun): Float64Array[] {
  const [digits, vocab] = logits.shape as [number, number]
  return Array.from({ length: digits }, (_, digit) => logSoftmax(logits.data, digit * vocab, vocab))
}

type Pair = Pick<PredictionBar, 'clean' | 'now' | 'cleanLog' | 'nowLog'>
type Shape = Pick<PredictionBar, 'outline' | 'solid' | 'label'>

const shape: Record<PredictionScale, (values: Pair, intervened: boolean) => Shape> = {
  p({ clean, now }, intervened) {
    const solid = intervened && now >= leastBar ? ([0, now] as const) : null
    const outline = clean >= leastBar ? ([0, clean] as const) : null
    if (intervened && now >= leastLabel) return { solid, outline, label: { text: decimalText(now, 3), bold: true } }
    if (clean >= leastLabel) return { solid, outline, label: { text: decimalText(clean, 3), bold: false } }
    return { solid, outline, label: null }
  },
  logp({ cleanLog, nowLog }, intervened) {
    const shown = intervened ? nowLog : cleanLog
    const label = Number.isNaN(shown) ? null : { text: decimalText(shown, 1), bold: intervened }
    return { solid: intervened ? logSpan(nowLog) : null, outline: logSpan(cleanLog), label }
  },
  delta({ clean, now }, intervened) {
    const difference = now - clean
    if (!intervened || !(Math.abs(difference) >= leastBar)) return { solid: null, outline: null, label: null }
    const end = 0.5 + difference / 2
    const label = Math.abs(difference) >= leastLabel ? { text: signedText(difference, 3), bold: true } : null
    return { solid: [Math.min(0.5, end), Math.max(0.5, end)], outline: null, label }
  },
}

function logSpan(log: number): readonly [number, number] | null {
  const length = 1 - log / lowestLog
  return length > 0 ? [0, Math.min(length, 1)] : null
}
