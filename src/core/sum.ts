/** An addition problem: two whole numbers of the task's number of digits. The answer follows. */
export interface Sum {
  readonly a: number
  readonly b: number
}
