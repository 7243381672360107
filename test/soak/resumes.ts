import { readFileSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { isDeepStrictEqual } from 'node:util'
import { root } from '../support/installed'
import { randomDelays, runKilled } from '../support/killed-command'
import { leftBy, smallTraining } from '../support/killed-training'
import { tallyOf, type Tally } from './tally'

const entry = `${root}/out/main/cli.js`

/** Kills trainings at random times, resumes each until it is done, and compares what it leaves with what one without kills does. */
export async function killedTrainings(folder: string, count: number, seed: number): Promise<Tally> {
  const tally = tallyOf('kills of a training')
  const delays = moments(randomDelays(count, 3000, seed))
  for (let run = 0; tally.tried < count; run++) {
    const [whole, killed] = [join(folder, `whole-${run}`), join(folder, `killed-${run}`)]
    const sizes = { seed: run, steps: 2000, interval: 20 }
    await smallTraining(entry, whole, sizes)
    const { code, kills } = await smallTraining(entry, killed, sizes, delays.next(count - tally.tried))
    delays.used(kills)
    tally.tried += kills
    if (code !== 0) tally.lost++
    else if (!isDeepStrictEqual(leftBy(killed), leftBy(whole))) tally.wrong++
  }
  return tally
}

/** Kills evaluations of a part of all sums of the bundled model at random times, goes on with each, and compares every number. */
export async function killedEvaluations(folder: string, count: number, seed: number): Promise<Tally> {
  const tally = tallyOf('kills of an evaluation')
  const delays = moments(randomDelays(count, 4000, seed))
  const [state, json] = [join(folder, 'state.json'), join(folder, 'result.json')]
  for (let run = 0; tally.tried < count; run++) {
    const shard = `${(run % 8) + 1}/8`
    const args = ['evaluate', '--exhaustive', '--model', `${root}/models/sum-4digit`, '--shard', shard]
    await runKilled(entry, () => [...args, '--json', json], [])
    const whole = numbersOf(json)
    const { code, kills } = await runKilled(
      entry,
      () => [...args, '--state', state, '--json', json],
      delays.next(count - tally.tried),
    )
    delays.used(kills)
    tally.tried += kills
    if (code !== 0) tally.lost++
    else if (!isDeepStrictEqual(numbersOf(json), whole)) tally.wrong++
    rmSync(state)
  }
  return tally
}

/**
 * The delays one after the other, again and again. One that was longer than what it should have ended is used up like the others: on a
 * fast machine it would never come.
 */
function moments(delays: readonly number[]) {
  let at = 0
  return {
    next: (count: number) => Array.from({ length: count }, (_, index) => delays[(at + index) % delays.length]!),
    used: (kills: number) => void (at += kills + 1),
  }
}

/**
 * All that an evaluation counts, but not what it took. Chunks are added up in the order in which processes finish them, with or
 * without kills: mean losses are alike in ten digits, and everything else to the last one.
 */
function numbersOf(file: string): object {
  const { result } = JSON.parse(readFileSync(file, 'utf8'), (name, value: unknown) => {
    if (name === 'loss') return Number((value as number).toPrecision(10))
    return name === 'lossPerDigit' ? (value as number[]).map((loss) => loss.toPrecision(10)) : value
  }) as { result: object }
  return { ...result, cpuSeconds: 0, plain: null }
}
