import { areaUnderCurve, ranked } from '../../core/area-under-curve'
import { ridge, without, type RegressionMoments, type RidgeFit } from '../../core/ridge'
import { indexOfLargest } from '../../core/softmax'

/** The penalty, in means of the diagonal of X'X. */
const strength = 1e-3
/** Example i is tested in fold i mod 5. */
const folds = 5

/** How well a linear reading tells the labels, on examples that it was not fitted to. */
export interface ProbeScores {
  readonly accuracy: number
  /** Standard deviation over the folds. */
  readonly accuracySd: number
  /** Area under the curve of each label's score, averaged over the labels. */
  readonly auc: number
}

/** Rows of one activation at one position, with the second moments of each fold: what every target shares. */
export class FoldedRows {
  readonly #moments: readonly Pick<RegressionMoments, 'count' | 'gram' | 'sumX'>[]

  /** `rows` is [example, d]. */
  constructor(
    readonly rows: Float64Array,
    readonly d: number,
  ) {
    const count = rows.length / d
    this.#moments = Array.from({ length: folds }, (_, fold) => {
      const gram = new Float64Array(d * d)
      const sumX = new Float64Array(d)
      let inFold = 0
      for (let example = fold; example < count; example += folds, inFold++)
        addOuter(gram, sumX, rows.subarray(example * d, (example + 1) * d))
      mirror(gram, d)
      return { count: inFold, gram, sumX }
    })
  }

  /** The fit to all rows. */
  fit(labels: Uint8Array, classes: number): RidgeFit {
    return ridge(this.#foldMoments(labels, classes).reduce(added), strength)
  }

  /** Scores of five fits, each tested where it was not fitted. `withArea` also ranks the scores, which takes longer. */
  score(labels: Uint8Array, classes: number, withArea = true): ProbeScores {
    const { d, rows } = this
    const parts = this.#foldMoments(labels, classes)
    const whole = parts.reduce(added)
    const scores = new Float64Array(withArea ? labels.length * classes : 0)
    const accuracies: number[] = []
    parts.forEach((part, fold) => {
      if (part.count === 0 || part.count === whole.count) return
      const { weights, centre, intercept } = ridge(without(whole, part), strength)
      const base = intercept.map((value, label) => {
        let at = value
        for (let index = 0; index < d; index++) at -= centre[index]! * weights.data[index * classes + label]!
        return at
      })
      const score = new Float64Array(classes)
      let right = 0
      for (let example = fold; example < labels.length; example += folds) {
        score.set(base)
        const first = example * d
        for (let index = 0, entry = 0; index < d; index++) {
          const x = rows[first + index]!
          for (let label = 0; label < classes; label++, entry++) score[label]! += x * weights.data[entry]!
        }
        if (indexOfLargest(score) === labels[example]) right++
        if (withArea) score.forEach((value, label) => (scores[label * labels.length + example] = value))
      }
      accuracies.push(right / part.count)
    })
    const mean = accuracies.reduce((sum, accuracy) => sum + accuracy, 0) / accuracies.length
    const variance = accuracies.reduce((sum, accuracy) => sum + (accuracy - mean) ** 2, 0) / accuracies.length
    return { accuracy: mean, accuracySd: Math.sqrt(variance), auc: withArea ? meanArea(scores, labels, classes) : NaN }
  }

  #foldMoments(labels: Uint8Array, classes: number): RegressionMoments[] {
    const { d, rows } = this
    return this.#moments.map((moments, fold) => {
      const cross = new Float64Array(d * classes)
      const sumY = new Float64Array(classes)
      for (let example = fold; example < labels.length; example += folds) {
        const label = labels[example]!
        sumY[label]!++
        for (let index = 0; index < d; index++) cross[index * classes + label]! += rows[example * d + index]!
      }
      return { ...moments, cross, sumY }
    })
  }
}

/** Adds the upper half of x x', and x. */
function addOuter(gram: Float64Array, sumX: Float64Array, x: Float64Array): void {
  const d = x.length
  for (let row = 0; row < d; row++) {
    const value = x[row]!
    sumX[row]! += value
    for (let column = row, entry = row * d + row; column < d; column++, entry++) gram[entry]! += value * x[column]!
  }
}

function mirror(gram: Float64Array, d: number): void {
  for (let row = 0; row < d; row++)
    for (let column = 0; column < row; column++) gram[row * d + column] = gram[column * d + row]!
}

function added(one: RegressionMoments, other: RegressionMoments): RegressionMoments {
  const sum = (left: Float64Array, right: Float64Array) => left.map((value, index) => value + right[index]!)
  return {
    count: one.count + other.count,
    gram: sum(one.gram, other.gram),
    cross: sum(one.cross, other.cross),
    sumX: sum(one.sumX, other.sumX),
    sumY: sum(one.sumY, other.sumY),
  }
}

function meanArea(scores: Float64Array, labels: Uint8Array, classes: number): number {
  const areas = Array.from({ length: classes }, (_, label) => {
    const isLabel = labels.map((other) => (other === label ? 1 : 0))
    return areaUnderCurve(ranked(scores.subarray(label * labels.length, (label + 1) * labels.length)), isLabel).area
  }).filter((area) => !Number.isNaN(area))
  return areas.reduce((sum, area) => sum + area, 0) / areas.length
}
