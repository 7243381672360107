/** Linear warm-up to `peak`, then linear from `peak` to `final` at the last step. */
export interface Schedule {
  readonly steps: number
  readonly warmup: number
  readonly peak: number
  readonly final: number
}

/** The learning rate of a step, counted from 1 to `steps`. */
export function learningRate({ steps, warmup, peak, final }: Schedule, step: number): number {
  if (step <= warmup) return (peak * step) / warmup
  const first = warmup + 1
  return steps === first ? peak : peak + ((final - peak) * (step - first)) / (steps - first)
}
