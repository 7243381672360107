const most = 8

/**
 * How many processes analyses get on a machine with this many processors: one is left to the window and the live engine where
 * there are enough of them. With two, both are used: pool processes give way to everything else anyway.
 */
export function poolSize(processors: number): number {
  return Math.min(most, processors > 2 ? processors - 1 : processors)
}
