/** How long something took, in milliseconds, over a number of runs. */
export interface Durations {
  readonly median: number
  /** 95 of 100 were at most this long. */
  readonly p95: number
}

/** Times `runs` calls one after the other; `run` is told which it is. Warm up before. */
export async function durationsOf(runs: number, run: (index: number) => Promise<unknown>): Promise<Durations> {
  const milliseconds: number[] = []
  for (let index = 0; index < runs; index++) {
    const started = performance.now()
    await run(index)
    milliseconds.push(performance.now() - started)
  }
  milliseconds.sort((a, b) => a - b)
  const at = (share: number): number => milliseconds[Math.min(runs - 1, Math.floor(share * runs))]!
  return { median: at(0.5), p95: at(0.95) }
}
