import type { ResultOf } from '../../analyses/registry'
import { namesOf, type SumRun, type ThisSum } from '../this-sum'

/** One stage of the stream over many sums. */
interface StageOfSums {
  /** `after layer 1`. */
  readonly name: string
  /** Points of the examples, x and y by turns. */
  readonly points: ArrayLike<number>
  /** [digit, component] */
  readonly centroid: ArrayLike<number>
  readonly variance: number
  readonly within: number
  readonly frequency1: number
  /** How far from the middle all but the outermost hundredth of the points lie; never 0. */
  readonly reach: number
}

/** One stage of the stream, as one picture shows it. */
export interface CircleStage extends StageOfSums {
  /** Where the sum on screen stands; NaN where there is none. */
  readonly clean: readonly [number, number]
  readonly now: readonly [number, number]
}

export interface CircleInput {
  /** `C1`. */
  readonly digit: string
  readonly stages: readonly CircleStage[]
  /** The right digit of each example, and whether a carry comes into it. */
  readonly answer: ArrayLike<number>
  readonly carryIn: ArrayLike<number>
  readonly byCarry: boolean
  /** What the two runs of the sum on screen are called. */
  readonly names: { readonly clean: string; readonly now: string }
}

/** What a box of the picture stands for: a digit's centroid after a layer, or the sum on screen. */
export interface CircleDatum {
  readonly stage: string
  readonly of: string
  readonly x: number
  readonly y: number
  readonly n: number
}

/** One digit over many sums: what the sum on screen does not change. */
type DigitOfSums = Pick<CircleInput, 'answer' | 'carryIn'> & { readonly stages: readonly StageOfSums[] }

export function circleInput(
  result: ResultOf<'residual-circle'>,
  digit: string,
  here: ThisSum | null,
  byCarry: boolean,
): CircleInput {
  const { answer, carryIn, stages } = digitOfSums(result, digit)
  const digits = result.points.labels.digit!
  const ofRun = (run: SumRun | undefined, stage: number): readonly [number, number] => {
    const at = (stage * digits.length + digits.indexOf(digit)) * 2
    return run ? [run.circle.data[at]!, run.circle.data[at + 1]!] : [NaN, NaN]
  }
  return {
    digit,
    byCarry,
    names: namesOf(here),
    answer,
    carryIn,
    stages: stages.map((stage, index) => {
      return { ...stage, clean: ofRun(here?.clean, index), now: ofRun(here?.now, index) }
    }),
  }
}

const known = new WeakMap<ResultOf<'residual-circle'>, Map<string, DigitOfSums>>()

/** Made once for a result and a digit: a keystroke changes the sum on screen alone. */
function digitOfSums(result: ResultOf<'residual-circle'>, digit: string): DigitOfSums {
  const digits = known.get(result) ?? new Map<string, DigitOfSums>()
  known.set(result, digits)
  const made = digits.get(digit) ?? makeDigit(result, digit)
  digits.set(digit, made)
  return made
}

function makeDigit(result: ResultOf<'residual-circle'>, digit: string): DigitOfSums {
  const { points, centroid, variance, within, frequency1, answer, carryIn } = result
  const digits = points.labels.digit!
  const column = digits.indexOf(digit)
  const [stages, , examples] = points.shape as [number, number, number, number]
  return {
    answer: answer.data.slice(column * examples, (column + 1) * examples),
    carryIn: carryIn.data.slice(column * examples, (column + 1) * examples),
    stages: Array.from({ length: stages }, (_, stage) => {
      const at = stage * digits.length + column
      const ofStage = points.data.slice(at * examples * 2, (at + 1) * examples * 2)
      return {
        name: stage === 0 ? 'embeddings' : `after layer ${stage - 1}`,
        points: ofStage,
        centroid: centroid.data.slice(at * 20, (at + 1) * 20),
        variance: variance.data[at]!,
        within: within.data[at]!,
        frequency1: frequency1.data[at]!,
        reach: reachOf({ points: ofStage }),
      }
    }),
  }
}

/** How far from the middle all but the outermost hundredth of the points lie; never 0. */
export function reachOf({ points }: Pick<CircleStage, 'points'>): number {
  const distances = Array.from({ length: points.length / 2 }, (_, point) =>
    Math.hypot(points[2 * point]!, points[2 * point + 1]!),
  )
    .filter((distance) => !Number.isNaN(distance))
    .toSorted((one, other) => one - other)
  return Math.max(distances[Math.floor(distances.length * 0.99)] ?? 1, 1e-6)
}
