import { matrixStack, type MatrixStack } from '../../core/matrix-stack'

/** Example i is tested in fold i mod 5. */
export const folds = 5

/** What is to be told of each example: an index below `classes`. */
export interface Labelled {
  readonly labels: Uint8Array
  readonly classes: number
}

/** How many of the examples are tested in a fold. */
export function examplesIn(fold: number, examples: number): number {
  return Math.ceil((examples - fold) / folds)
}

/** The share of the commonest label. */
export function majorityOf(labels: Uint8Array, classes: number): number {
  const counts = new Float64Array(classes)
  for (const label of labels) counts[label]!++
  return Math.max(...counts) / labels.length
}

/** The labels of several targets side by side, a column for each, 1 where an example has it and else 0; fold by fold. */
export class LabelColumns {
  readonly examples: number
  /** Where the columns of each target begin. */
  readonly firsts: readonly number[]
  readonly stack: MatrixStack

  constructor(readonly targets: readonly Labelled[]) {
    this.examples = targets[0]!.labels.length
    let width = 0
    this.firsts = targets.map(({ classes }) => (width += classes) - classes)
    this.stack = matrixStack(folds, examplesIn(0, this.examples), width)
    targets.forEach(({ labels }, target) => {
      labels.forEach((label, example) => {
        const row = (example % folds) * this.stack.rows + Math.floor(example / folds)
        this.stack.data[row * width + this.firsts[target]! + label] = 1
      })
    })
  }
}
