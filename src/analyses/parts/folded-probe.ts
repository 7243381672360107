import { areaUnderCurve, ranked } from '../../core/area-under-curve'
import type { Matrix } from '../../core/matrix'
import { matrixStack, type MatrixStack, type StackProduct } from '../../core/matrix-stack'
import { ridge, joined, without, type RegressionMoments, type RidgeFit } from '../../core/ridge'
import { indexOfLargest } from '../../core/softmax'
import { mean } from '../../core/statistics'
import { examplesIn, folds, type LabelColumns } from './label-columns'

/** The penalty, in means of the diagonal of X'X. */
const strength = 1e-3

/** How well a linear reading tells the labels, on examples that it was not fitted to. */
export interface ProbeScores {
  readonly accuracy: number
  /** Standard deviation over the folds. */
  readonly accuracySd: number
  /** Area under the curve of each label's score, averaged over the labels; NaN where it was not asked for. */
  readonly auc: number
}

/**
 * Ridge probes of several targets on the same rows. The second moments of each fold, which every fit follows from, and the scores of
 * the examples are products of matrices, which is where the time goes.
 */
export class FoldedProbe {
  private constructor(
    private readonly rows: MatrixStack,
    private readonly columns: LabelColumns,
    private readonly multiply: StackProduct,
    private readonly moments: readonly RegressionMoments[],
  ) {}

  /** `rows` is [example, d], in the order of the labels. */
  static async of(rows: Float32Array, columns: LabelColumns, multiply: StackProduct): Promise<FoldedProbe> {
    const folded = foldedRows(rows, columns.examples)
    const gram = await multiply(folded, folded, true)
    const cross = await multiply(folded, columns.stack, true)
    const moments = Array.from({ length: folds }, (_, fold) => momentsOf(gram, cross, fold))
    return new FoldedProbe(folded, columns, multiply, moments)
  }

  /** Of the fit to all rows, [d, label of all targets]. */
  weights(): Matrix {
    return ridge(this.moments.reduce(joined), strength).weights
  }

  /** Scores of five fits, each tested where it was not fitted. `withArea` the scores are also ranked, which takes longer. */
  async score(withArea = true): Promise<ProbeScores[]> {
    const { rows, columns, moments } = this
    const whole = moments.reduce(joined)
    const readings = matrixStack(folds, rows.columns, columns.stack.columns)
    const used = moments.flatMap(({ count }, fold) => (count > 0 && count < whole.count ? [fold] : []))
    for (const fold of used) setReading(readings, fold, ridge(without(whole, moments[fold]!), strength))
    const scores = await this.multiply(rows, readings)
    return columns.targets.map((_, target) => {
      const accuracies = used.map((fold) => this.#right(scores, fold, target) / moments[fold]!.count)
      const accuracy = mean(accuracies)
      const accuracySd = Math.sqrt(mean(accuracies.map((value) => (value - accuracy) ** 2)))
      return { accuracy, accuracySd, auc: withArea ? this.#meanArea(scores, target) : NaN }
    })
  }

  /** In how many examples of a fold a target's label has the highest score. */
  #right({ rows, columns: width, data }: MatrixStack, fold: number, target: number): number {
    const { examples, firsts, targets } = this.columns
    const { labels, classes } = targets[target]!
    let right = 0
    for (let place = 0; place < examplesIn(fold, examples); place++) {
      const first = (fold * rows + place) * width + firsts[target]!
      if (indexOfLargest(data, first, classes) === labels[place * folds + fold]) right++
    }
    return right
  }

  #meanArea({ rows, columns: width, data }: MatrixStack, target: number): number {
    const { firsts, targets } = this.columns
    const { labels, classes } = targets[target]!
    const areas = Array.from({ length: classes }, (_, label) => {
      const ofLabel = Float32Array.from(labels, (__, example) => {
        const row = (example % folds) * rows + Math.floor(example / folds)
        return data[row * width + firsts[target]! + label]!
      })
      const isLabel = labels.map((other) => (other === label ? 1 : 0))
      return areaUnderCurve(ranked(ofLabel), isLabel).area
    })
    return mean(areas.filter((area) => !Number.isNaN(area)))
  }
}

/**
 * Rows [example, d] fold by fold, each less the first one, so that what all have in common is exactly 0, and followed by a 1, so that
 * products hold sums and counts as well. Folds with an example less end in a row of zeros.
 */
function foldedRows(rows: Float32Array, examples: number): MatrixStack {
  const d = rows.length / examples
  const stack = matrixStack(folds, examplesIn(0, examples), d + 1)
  for (let example = 0; example < examples; example++) {
    const to = ((example % folds) * stack.rows + Math.floor(example / folds)) * stack.columns
    for (let index = 0; index < d; index++) stack.data[to + index] = rows[example * d + index]! - rows[index]!
    stack.data[to + d] = 1
  }
  return stack
}

/** The moments of a fold, from [X 1]'[X 1] and [X 1]'Y. */
function momentsOf(grams: MatrixStack, crosses: MatrixStack, fold: number): RegressionMoments {
  const d = grams.rows - 1
  const rowOf = ({ rows, columns, data }: MatrixStack, row: number, length = columns) =>
    data.subarray((fold * rows + row) * columns, (fold * rows + row) * columns + length)
  const gram = new Float64Array(d * d)
  const cross = new Float64Array(d * crosses.columns)
  for (let row = 0; row < d; row++) {
    gram.set(rowOf(grams, row, d), row * d)
    cross.set(rowOf(crosses, row), row * crosses.columns)
  }
  const [sumX, sumY] = [Float64Array.from(rowOf(grams, d, d)), Float64Array.from(rowOf(crosses, d))]
  return { count: rowOf(grams, d)[d]!, gram, cross, sumX, sumY }
}

/** A fit as one matrix for rows that end in a 1: its weights, and below them what every score begins with. */
function setReading(
  { rows, columns, data }: MatrixStack,
  index: number,
  { weights, centre, intercept }: RidgeFit,
): void {
  const first = index * rows * columns
  data.set(weights.data, first)
  const base = Float64Array.from(intercept)
  for (let row = 0; row < rows - 1; row++)
    for (let column = 0; column < columns; column++)
      base[column]! -= centre[row]! * weights.data[row * columns + column]!
  data.set(base, first + weights.data.length)
}
