import { histogramBins, type Margins, medianOf, mergeMargins } from './margins'

/** A sum that a model gets wrong: what it answers, and how far its worst digit is from right (0 or below), in logits. */
export interface WrongSum {
  readonly a: number
  readonly b: number
  /** The most likely outputs, one for each answer digit; a wrong one need not be a digit. */
  readonly predicted: string
  readonly margin: number
}

/** How the sums of one column pattern fare; loss in nats per digit. */
export interface PatternScore {
  readonly n: number
  readonly wrong: number
  readonly loss: number
  readonly marginMin: number
  /** The lower median, read off the histogram: to a bin's width at worst. */
  readonly marginMedian: number
  /** In the bins of `Margins`. */
  readonly marginHistogram: readonly number[]
}

/**
 * How a model fares on a set of sums. A margin is the right digit's logit less the highest other one; a sum is wrong when a
 * digit's margin is not above 0. Teacher-forced: every digit is predicted after the right ones. A model that decodes greedily
 * gets the same sums wrong, for up to its first mistake it has seen the same tokens; `predicted` and `wrongPerDigit` are
 * then of its own answer.
 */
export interface Evaluation extends Margins {
  readonly n: number
  readonly wrong: number
  readonly exactMatch: number
  /** Mean negative log-likelihood of the answer digits over all outputs, nats. */
  readonly loss: number
  readonly lossPerDigit: readonly number[]
  readonly wrongPerDigit: readonly number[]
  readonly smallestMargin: number
  /** By column pattern, its highest column first; patterns that did not occur are left out. */
  readonly patterns: Readonly<Record<string, PatternScore>>
  /** In order of a, then b; the first `listedWrongSums`. */
  readonly wrongSums: readonly WrongSum[]
}

/** The plain full forward pass on a few of the sums, beside the way they were all evaluated. */
export interface PlainComparison {
  readonly sums: number
  readonly cpuSeconds: number
  /** In logits. */
  readonly largestMarginDifference: number
}

/** An evaluation, what it took, and how it compares with the plain forward pass. */
export interface MeasuredEvaluation extends Evaluation {
  /** Processor seconds, without the comparison. */
  readonly cpuSeconds: number
  readonly plain: PlainComparison
}

/** How many times as many sums in a processor second as the plain forward pass. */
export function speedup({ n, cpuSeconds, plain }: MeasuredEvaluation): number {
  return n / cpuSeconds / (plain.sums / plain.cpuSeconds)
}

/** So that a model that adds nothing right does not fill the memory. */
export const listedWrongSums = 100_000

/** The first that are listed, in order of a, then b. */
export function inOrder(sums: readonly WrongSum[]): WrongSum[] {
  return sums.toSorted((one, other) => one.a - other.a || one.b - other.b).slice(0, listedWrongSums)
}

/** The evaluation of several disjoint sets of sums together. Throws RangeError without any. */
export function mergeEvaluations(parts: readonly Evaluation[]): Evaluation {
  const [first] = parts
  if (!first) throw new RangeError('There is no evaluation to merge.')
  const n = total(parts.map((part) => part.n))
  const wrong = total(parts.map((part) => part.wrong))
  const mean = (valueOf: (part: Evaluation) => number) => total(parts.map((part) => valueOf(part) * part.n)) / n
  const names = new Set(parts.flatMap(({ patterns }) => Object.keys(patterns)))
  return {
    n,
    wrong,
    exactMatch: 1 - wrong / n,
    loss: mean(({ loss }) => loss),
    lossPerDigit: first.lossPerDigit.map((_, digit) => mean(({ lossPerDigit }) => lossPerDigit[digit]!)),
    wrongPerDigit: first.wrongPerDigit.map((_, digit) => total(parts.map((part) => part.wrongPerDigit[digit]!))),
    smallestMargin: Math.min(...parts.map((part) => part.smallestMargin)),
    patterns: Object.fromEntries(
      [...names].sort().map((name) => [name, mergeScores(parts.flatMap(({ patterns }) => patterns[name] ?? []))]),
    ),
    wrongSums: inOrder(parts.flatMap(({ wrongSums }) => wrongSums)),
    ...mergeMargins(parts),
  }
}

/** The same with what they took. */
export function mergeMeasured(parts: readonly MeasuredEvaluation[]): MeasuredEvaluation {
  const compared = parts.map(({ plain }) => plain)
  return {
    ...mergeEvaluations(parts),
    cpuSeconds: total(parts.map(({ cpuSeconds }) => cpuSeconds)),
    plain: {
      sums: total(compared.map(({ sums }) => sums)),
      cpuSeconds: total(compared.map(({ cpuSeconds }) => cpuSeconds)),
      largestMarginDifference: Math.max(...compared.map(({ largestMarginDifference }) => largestMarginDifference)),
    },
  }
}

function mergeScores(scores: readonly PatternScore[]): PatternScore {
  const n = total(scores.map((score) => score.n))
  const marginHistogram = Array.from({ length: histogramBins }, (_, bin) =>
    total(scores.map((score) => score.marginHistogram[bin]!)),
  )
  return {
    n,
    wrong: total(scores.map((score) => score.wrong)),
    loss: total(scores.map((score) => score.loss * score.n)) / n,
    marginMin: Math.min(...scores.map((score) => score.marginMin)),
    marginMedian: medianOf(marginHistogram),
    marginHistogram,
  }
}

function total(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0)
}
