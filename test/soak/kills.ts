import { isDeepStrictEqual } from 'node:util'
import type { Supervisor } from '../../src/host/supervisor'
import { unwatched } from '../../src/contract/unwatched'
import { tallyOf, type Tally } from './tally'

const cuts = [
  { site: 'result', layer: 0, head: 2, positions: 'all', mode: 'mean' },
  { site: 'q', layer: 1, head: 0, positions: 'all', mode: 'zero' },
  { site: 'v', layer: 0, head: 1, positions: [4, 9], mode: 'mean' },
] as const

/** What a person does: types a sum and switches heads, the n-th time with numbers of its own. */
const typed = (n: number) => ({
  sum: { a: (n * 733) % 5000, b: (n * 1987) % 5000 },
  interventions: cuts.slice(0, n % 4),
})

/** A question over many sums; a fresh one each time, since answers are remembered. Sweeps among them are shared by all processes. */
const swept = (n: number) => {
  const id = (['head-ablation', 'performance', 'carry-classes'] as const)[n % 3]!
  return { id, params: { dataset: { size: 1500, seed: n } } }
}

/** Kills a process in the middle of scripted use, `count` times, live and pool in turn, and compares every answer. */
export async function killedProcesses(engine: Supervisor, reference: Supervisor, count: number): Promise<Tally[]> {
  const [live, pool] = [tallyOf('kills of the live process'), tallyOf('kills of pool processes')]
  for (let n = 0; n < count; n++) {
    const tally = n % 2 === 0 ? live : pool
    const ask = ({ handlers }: Supervisor) => [
      handlers.analyze(swept(n), unwatched),
      handlers.explore(typed(n), unwatched),
      handlers.explore(typed(n + 1), unwatched),
    ]
    const expected = (await Promise.all(ask(reference))).map(answer)
    const asked = ask(engine)
    if (n % 4 > 1) await asked[1]
    const { pid, poolPids } = engine
    const victim = n % 2 === 0 ? pid : poolPids[n % poolPids.length]
    const killed = performance.now()
    if (victim !== undefined) {
      process.kill(victim, 'SIGKILL')
      tally.tried++
    }
    const next = n % 2 === 0 ? engine.handlers.explore(typed(n), unwatched) : asked[0]!
    const results = await Promise.allSettled([
      ...asked,
      next.finally(() => tally.recoveries.push(performance.now() - killed)),
    ])
    results.slice(0, 3).forEach((result, index) => {
      if (result.status === 'rejected') tally.lost++
      else if (!isDeepStrictEqual(answer(result.value), expected[index])) tally.wrong++
    })
  }
  return [live, pool]
}

/** An answer without how long it took. */
function answer(result: object): object {
  return { ...result, engineMs: 0 }
}
