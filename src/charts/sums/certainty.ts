import type { Sum } from '../../core/sum'
import type { Tensor } from '../../core/tensor'
import { digitsOf } from '../../core/tokens'
import type { Table } from '../drawing/table'

/** How single sums went, as `performance` tells it. */
export interface ExampleScores {
  /** a and b. */
  readonly operands: Tensor<readonly ['example', 'operand']>
  /** Nats; the right digit's probability is exp(-loss). */
  readonly exampleLoss: Tensor<readonly ['example', 'digit']>
  /** The most likely output, 0-11. */
  readonly predicted: Tensor<readonly ['example', 'digit']>
}

/** Sums whose right digit had a probability in this interval. */
export interface CertaintyBin {
  /** Answer digit, 0 is C0. */
  readonly digit: number
  /** From (inclusive) to (exclusive). */
  readonly from: number
  readonly to: number
  readonly clean: number
  readonly now: number
  /** Those of `now` that the model gets wrong. */
  readonly wrong: number
  /** The one of `now` whose right digit has the least probability; null where there is none. */
  readonly hardest: Sum | null
}

/** The scale's ends, in units of ten: p from 1e-4 to 1 - 1e-4; what is beyond falls into the last bin on its side. */
const reach = 4
const perUnit = 8
const binCount = 2 * reach * perUnit

/** Where a loss stands on the scale of odds, from 0 (p = 0.0001) to 1 (p = 0.9999). */
export function placeOfLoss(loss: number): number {
  // log10(p / (1 - p)), written so that neither end loses its digits.
  const odds = (-loss - Math.log(-Math.expm1(-loss))) / Math.LN10
  return Math.min(Math.max((odds + reach) / (2 * reach), 0), 1)
}

function probabilityAt(place: number): number {
  return 1 / (1 + 10 ** (-(2 * place - 1) * reach))
}

/** Counts the sums of each bin, digit by digit, from the least certain on. Sums without a loss are left out. */
export function certaintyBins(clean: ExampleScores, now: ExampleScores): CertaintyBin[] {
  const digits = now.exampleLoss.shape[1]!
  const before = counts(clean)
  const after = counts(now)
  return Array.from({ length: digits * binCount }, (_, index) => {
    const bin = index % binCount
    return {
      digit: Math.floor(index / binCount),
      from: bin === 0 ? 0 : probabilityAt(bin / binCount),
      to: bin === binCount - 1 ? 1 : probabilityAt((bin + 1) / binCount),
      clean: before.sums[index]!,
      now: after.sums[index]!,
      wrong: after.wrong[index]!,
      hardest: after.hardest[index] ?? null,
    }
  })
}

function counts({ operands, exampleLoss, predicted }: ExampleScores) {
  const digits = exampleLoss.shape[1]!
  const sums = new Int32Array(digits * binCount)
  const wrong = new Int32Array(digits * binCount)
  const losses = new Float64Array(digits * binCount).fill(-Infinity)
  const hardest: Sum[] = []
  for (let example = 0; example < exampleLoss.shape[0]!; example++) {
    const [a, b] = [operands.data[2 * example]!, operands.data[2 * example + 1]!]
    const answer = digitsOf(a + b, digits)
    for (let digit = 0; digit < digits; digit++) {
      const loss = exampleLoss.data[example * digits + digit]!
      if (Number.isNaN(loss)) continue
      const bin = digit * binCount + Math.min(Math.floor(placeOfLoss(loss) * binCount), binCount - 1)
      sums[bin]!++
      if (loss > losses[bin]!) {
        losses[bin] = loss
        hardest[bin] = { a, b }
      }
      if (predicted.data[example * digits + digit] !== answer[digit]) wrong[bin]!++
    }
  }
  return { sums, wrong, hardest }
}

/** `only` names the one run where there are no two. */
export function certaintyTable(clean: ExampleScores, now: ExampleScores, only: string | null = null): Table {
  const runs = only === null ? ['clean', 'intervened', 'intervened, wrong'] : [only, `${only}, wrong`]
  return {
    caption: 'Numbers of sums by the probability of the right digit',
    columns: ['digit', 'from', 'to', ...runs],
    units: ['', 'probability', 'probability', ...runs.map(() => 'sums')],
    rows: certaintyBins(clean, now)
      .filter((bin) => bin.clean > 0 || bin.now > 0)
      .map((bin) => [`C${bin.digit}`, bin.from, bin.to, ...(only === null ? [bin.clean] : []), bin.now, bin.wrong]),
  }
}
