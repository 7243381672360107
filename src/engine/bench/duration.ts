/** How long something took, in milliseconds, over a number of runs. */
export interface Durations {
  readonly median: number
  /** 95 of 100 were at most this long. */
  readonly p95: number
}

/** Times `runs` calls one after the other; `run` is told which it is. Warm up before. */
export async function durationsOf(runs: number, run: (index: number) => Promise<unknown>): Promise<Durations> {
  return (await durationsInTurn(runs, [run]))[0]!
}

/** The same for several things in turn, so that whatever else the machine does meets them alike. */
export async function durationsInTurn(
  runs: number,
  things: readonly ((index: number) => Promise<unknown>)[],
): Promise<readonly Durations[]> {
  const milliseconds = things.map(() => new Float64Array(runs))
  for (let index = 0; index < runs; index++)
    for (const [thing, run] of things.entries()) {
      const started = performance.now()
      await run(index)
      milliseconds[thing]![index] = performance.now() - started
    }
  return milliseconds.map((of) => {
    const sorted = of.toSorted()
    const at = (share: number): number => sorted[Math.min(runs - 1, Math.floor(share * runs))]!
    return { median: at(0.5), p95: at(0.95) }
  })
}
