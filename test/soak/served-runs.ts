import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { isDeepStrictEqual } from 'node:util'
import { publishedLayout } from '../../src/core/task-layout'
import { randomDelays } from '../support/killed-command'
import { leftBy } from '../support/killed-training'
import { killTree, trainersBelow } from '../support/processes'
import { connectPage, startServe } from '../support/serve-client'
import { tallyOf, type Tally } from './tally'

const sizes = { layers: 1, heads: 1, dModel: 8, dHead: 4, batchSize: 16, steps: 4000 }

/**
 * Kills what trains in runs that windows of `serve` began, at random times: in turn the training process, the window's connection, and
 * everything at once. Each run must be found again and go on, and leave what one that nobody killed does.
 */
export async function killedServedRuns(folder: string, count: number, seed: number): Promise<Tally> {
  const tally = tallyOf('kills of a run of serve, its window, all of it')
  const env = { ...process.env, XDG_STATE_HOME: join(folder, 'kept') }
  const start = () => startServe([], { env })
  const delays = randomDelays(count, 1500, seed)
  let serve = await start()
  let page = connectPage(serve.url)
  let at = 0
  const act = (path: string, action: 'look' | 'watch' | 'resume') => page.engine.call('run', { path, action })
  const begin = async (name: string, run: number) => {
    const choices = { preset: 'bundled', layout: publishedLayout(2), ...sizes, seed: run }
    return (await page.engine.call('startRun', { folder: join(folder, name), choices })).path
  }
  for (let run = 0; tally.tried < count; run++) {
    const whole = await begin(`served-whole-${run}`, run)
    if ((await act(whole, 'watch')).state !== 'finished') tally.lost++
    const killed = await begin(`served-killed-${run}`, run)
    while (tally.tried < count) {
      // One that is longer than a run is used up too.
      await sleep(delays[at++ % delays.length])
      const began = performance.now()
      if ((await act(killed, 'look')).state !== 'running') break
      const victim = tally.tried++ % 3
      if (victim === 0) for (const pid of trainersBelow(serve.process.pid!)) process.kill(pid, 'SIGKILL')
      else page.socket().terminate()
      if (victim === 2) {
        killTree(serve.process.pid!)
        serve = await start()
      }
      page = connectPage(serve.url)
      const { paths } = await page.engine.call('runs', {})
      if (!paths.includes(killed)) tally.lost++
      if ((await act(killed, 'look')).state === 'idle') await act(killed, 'resume')
      tally.recoveries.push(performance.now() - began)
    }
    if ((await act(killed, 'watch')).state !== 'finished') tally.lost++
    else if (!isDeepStrictEqual(leftBy(killed), leftBy(whole))) tally.wrong++
  }
  page.socket().terminate()
  await serve.stop()
  return tally
}
