import { areaUnderCurve, ranked } from '../../core/area-under-curve'
import { ridge, without, type RegressionMoments, type RidgeFit } from '../../core/ridge'
import { indexOfLargest } from '../../core/softmax'
import { mean } from '../../core/statistics'

/** The penalty, in means of the diagonal of X'X. */
const strength = 1e-3
/** Example i is tested in fold i mod 5. */
const folds = 5

/** What is to be told of each example: an index below `classes`. */
export interface Labelled {
  readonly labels: Uint8Array
  readonly classes: number
}

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
  fit(target: Labelled): RidgeFit {
    return ridge(this.#foldMoments([target]).reduce(added), strength)
  }

  /**
   * Scores of five fits, each tested where it was not fitted, for several targets at once: they share what is costly. With
   * `withArea` the scores are also ranked, which takes longer.
   */
  score(targets: readonly Labelled[], withArea = true): ProbeScores[] {
    const { d, rows } = this
    const parts = this.#foldMoments(targets)
    const whole = parts.reduce(added)
    const examples = rows.length / d
    const firsts = firstColumns(targets)
    const accuracies = targets.map((): number[] => [])
    const kept = targets.map(({ classes }) => new Float64Array(withArea ? examples * classes : 0))
    parts.forEach((part, fold) => {
      if (part.count === 0 || part.count === whole.count) return
      const { weights, centre, intercept } = ridge(without(whole, part), strength)
      const columns = columnsOf(weights.data, weights.columns)
      const base = intercept.map((value, column) => {
        let at = value
        for (let index = 0; index < d; index++) at -= centre[index]! * columns[column * d + index]!
        return at
      })
      const score = new Float64Array(weights.columns)
      const right = targets.map(() => 0)
      for (let example = fold; example < examples; example += folds) {
        read(score, base, columns, rows, example * d)
        targets.forEach(({ labels, classes }, target) => {
          const first = firsts[target]!
          if (indexOfLargest(score, first, classes) === labels[example]) right[target]!++
          if (withArea)
            for (let label = 0; label < classes; label++)
              kept[target]![label * examples + example] = score[first + label]!
        })
      }
      right.forEach((count, target) => accuracies[target]!.push(count / part.count))
    })
    return targets.map((target, index) => {
      const auc = withArea ? meanArea(kept[index]!, target) : NaN
      return { ...meanAndDeviation(accuracies[index]!), auc }
    })
  }

  #foldMoments(targets: readonly Labelled[]): RegressionMoments[] {
    const { d, rows } = this
    const firsts = firstColumns(targets)
    const total = targets.reduce((sum, { classes }) => sum + classes, 0)
    return this.#moments.map((moments, fold) => {
      const columns = new Float64Array(total * d)
      const sumY = new Float64Array(total)
      targets.forEach(({ labels }, target) => {
        for (let example = fold; example < labels.length; example += folds) {
          const column = firsts[target]! + labels[example]!
          sumY[column]!++
          for (let index = 0; index < d; index++) columns[column * d + index]! += rows[example * d + index]!
        }
      })
      const cross = new Float64Array(total * d)
      for (let column = 0; column < total; column++)
        for (let index = 0; index < d; index++) cross[index * total + column] = columns[column * d + index]!
      return { ...moments, cross, sumY }
    })
  }
}

/** Where the columns of each target begin, when they stand side by side. */
function firstColumns(targets: readonly Labelled[]): number[] {
  let first = 0
  return targets.map(({ classes }) => {
    first += classes
    return first - classes
  })
}

function meanAndDeviation(values: readonly number[]): Pick<ProbeScores, 'accuracy' | 'accuracySd'> {
  const accuracy = mean(values)
  return { accuracy, accuracySd: Math.sqrt(mean(values.map((value) => (value - accuracy) ** 2))) }
}

/** Weights [d, label] as [label, d], with rows of 0 so that their number can be divided by four. */
function columnsOf(weights: Float64Array, classes: number): Float64Array {
  const d = weights.length / classes
  const columns = new Float64Array(Math.ceil(classes / 4) * 4 * d)
  weights.forEach((weight, index) => (columns[(index % classes) * d + Math.floor(index / classes)] = weight))
  return columns
}

/** Writes base + columns @ x to `score`; four labels at a time, whose sums then never leave the processor's registers. */
function read(score: Float64Array, base: Float64Array, columns: Float64Array, x: Float64Array, first: number): void {
  const classes = score.length
  const d = columns.length / (Math.ceil(classes / 4) * 4)
  for (let label = 0; label < classes; label += 4) {
    let [s0, s1, s2, s3] = [0, 0, 0, 0]
    const one = label * d
    for (let index = 0; index < d; index++) {
      const value = x[first + index]!
      s0 += value * columns[one + index]!
      s1 += value * columns[one + d + index]!
      s2 += value * columns[one + 2 * d + index]!
      s3 += value * columns[one + 3 * d + index]!
    }
    score[label] = base[label]! + s0
    if (label + 1 < classes) score[label + 1] = base[label + 1]! + s1
    if (label + 2 < classes) score[label + 2] = base[label + 2]! + s2
    if (label + 3 < classes) score[label + 3] = base[label + 3]! + s3
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

function meanArea(scores: Float64Array, { labels, classes }: Labelled): number {
  const areas = Array.from({ length: classes }, (_, label) => {
    const isLabel = labels.map((other) => (other === label ? 1 : 0))
    return areaUnderCurve(ranked(scores.subarray(label * labels.length, (label + 1) * labels.length)), isLabel).area
  })
  return mean(areas.filter((area) => !Number.isNaN(area)))
}
