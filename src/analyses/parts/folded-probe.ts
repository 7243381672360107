import { Divisions } from '../../core/area-under-curve'
import type { Matrix } from '../../core/matrix'
import { matrixStack, stackOf, type MatrixStack, type StackProduct } from '../../core/matrix-stack'
import {
  inversePositive,
  joined,
  ridgeEquations,
  ridgeFit,
  without,
  type RegressionMoments,
  type RidgeFit,
} from '../../core/ridge'
import { indexOfLargest } from '../../core/softmax'
import { mean } from '../../core/statistics'
import { foldedRows, type FoldedRows } from './folded-rows'
import { folds, type LabelColumns } from './label-columns'

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
 * Ridge probes of several targets on the same rows. The second moments of each fold, which every fit follows from, the fits
 * and the scores of the examples are products of matrices, which is where the time goes.
 */
export class FoldedProbe {
  private constructor(
    private readonly rows: FoldedRows,
    private readonly columns: LabelColumns,
    private readonly multiply: StackProduct,
    private readonly moments: readonly RegressionMoments[],
  ) {}

  /** `rows` is [example, d], in the order of the labels. */
  static async of(rows: Float32Array, columns: LabelColumns, multiply: StackProduct): Promise<FoldedProbe> {
    const folded = foldedRows(rows, columns)
    const gram = await multiply(folded.weighted, folded.rows, true)
    const cross = await multiply(folded.rows, folded.labels, true)
    const moments = Array.from({ length: folds }, (_, fold) => momentsOf(gram, cross, fold))
    return new FoldedProbe(folded, columns, multiply, moments)
  }

  /** Of the fit to all rows, [d, label of all targets]. */
  async weights(): Promise<Matrix> {
    const [fit] = await this.#fits([this.moments.reduce(joined)])
    return fit!.weights
  }

  /** Scores of five fits, each tested where it was not fitted. `withArea` the scores are also ranked, which takes longer. */
  async score(withArea = true): Promise<ProbeScores[]> {
    const { rows, columns, moments } = this
    const whole = moments.reduce(joined)
    const readings = matrixStack(folds, rows.rows.columns, columns.stack.columns)
    const used = moments.flatMap(({ count }, fold) => (count > 0 && count < whole.count ? [fold] : []))
    const fits = await this.#fits(used.map((fold) => without(whole, moments[fold]!)))
    used.forEach((fold, index) => {
      setReading(readings, fold, fits[index]!)
    })
    const scores = await this.multiply(rows.rows, readings)
    return columns.targets.map((_, target) => {
      const accuracies = used.map((fold) => this.#right(scores, fold, target) / moments[fold]!.count)
      const accuracy = mean(accuracies)
      const accuracySd = Math.sqrt(mean(accuracies.map((value) => (value - accuracy) ** 2)))
      return { accuracy, accuracySd, auc: withArea ? this.#meanArea(scores, target) : NaN }
    })
  }

  /** The fits to several sets of rows, in double precision throughout. */
  async #fits(trained: readonly RegressionMoments[]): Promise<RidgeFit[]> {
    const equations = trained.map((moments) => ridgeEquations(moments, strength))
    const inverses = stackOf(equations.map(({ left }) => inversePositive(left)))
    const { rows, columns, data } = await this.multiply(inverses, stackOf(equations.map(({ right }) => right)))
    return trained.map((moments, index) => {
      const weights = Float64Array.from(data.subarray(index * rows * columns, (index + 1) * rows * columns))
      return ridgeFit(moments, { rows, columns, data: weights })
    })
  }

  /** In how many examples of a fold a target's label has the highest score. */
  #right({ rows, columns: width, data }: MatrixStack, fold: number, target: number): number {
    const { firsts, targets } = this.columns
    const { labels } = this.rows
    const { classes } = targets[target]!
    let right = 0
    for (let row = 0; row < rows; row++) {
      const first = (fold * rows + row) * width + firsts[target]!
      right += labels.data[first + indexOfLargest(data, first, classes)]!
    }
    return right
  }

  #meanArea({ rows, columns: width, data }: MatrixStack, target: number): number {
    const { firsts, targets } = this.columns
    const { labels, classes } = targets[target]!
    const areas = Array.from({ length: classes }, (_, label) => {
      const ofLabel = Float32Array.from(labels, (__, example) => {
        const row = (example % folds) * rows + this.rows.rowOf(example)
        return data[row * width + firsts[target]! + label]!
      })
      const isLabel = labels.map((other) => (other === label ? 1 : 0))
      return new Divisions([isLabel]).areas(ofLabel)[0]!.area
    })
    return mean(areas.filter((area) => !Number.isNaN(area)))
  }
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
