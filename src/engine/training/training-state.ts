/** Where a training stands: all that its next step depends on besides the recipe. Vectors are [parameter], float32. */
export interface TrainingState {
  /** Steps taken. */
  readonly step: number
  readonly parameters: Float32Array
  /** Adam's running means of the gradient and of its square. */
  readonly mean: Float32Array
  readonly square: Float32Array
}
