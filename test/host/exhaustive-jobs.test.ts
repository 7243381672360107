import { afterEach, expect, test, vi } from 'vitest'
import type { EngineProcess } from '../../src/contract/engine-process'
import type { ExhaustiveReport } from '../../src/contract/exhaustive'
import type { JobAnswer, JobRequest } from '../../src/contract/exhaustive-job'
import { ExhaustiveJobs } from '../../src/host/exhaustive-jobs'
import { channelPorts } from '../support/channel-ports'
import { everySum } from '../support/every-sum'
import { unwatched } from '../../src/contract/unwatched'
import { until } from '../support/patience'

const model = { source: { path: '/a/model' } }
const ablation = { site: 'result', layer: 0, head: 0, positions: 'all', mode: 'mean' } as const

interface FakeJob {
  readonly request: JobRequest
  readonly say: (n: number, finished?: boolean) => void
  readonly fail: (message: string) => void
  readonly die: () => void
  killed: boolean
}

let jobs: ExhaustiveJobs | undefined
afterEach(() => {
  jobs?.close()
})

/** Jobs whose processes live in this one and say what a test has them say. */
function hosted(processes = 1, silenceMs = 60_000) {
  const started: FakeJob[] = []
  const spawn = (): EngineProcess => {
    const { near, far, cut } = channelPorts()
    far.on((message) => {
      const post = (answer: JobAnswer) => {
        far.post(answer)
      }
      started.push({
        request: message as JobRequest,
        say: (n, finished = false) => {
          post({ kind: 'part', total: 100, evaluation: n === 0 ? null : everySum(n), finished })
        },
        fail: (text) => {
          post({ kind: 'failure', message: text })
        },
        die: cut,
        killed: false,
      })
    })
    const job = () => started.find(({ die }) => die === cut)
    return {
      port: near,
      pid: 1,
      kill: () => {
        const mine = job()
        if (mine) mine.killed = true
        cut()
      },
    }
  }
  jobs = new ExhaustiveJobs({ spawn, processes, folder: '/kept' }, silenceMs)
  jobs.open(model)
  const call = (action: 'look' | 'run' | 'again' | 'pause', interventions: readonly (typeof ablation)[] = []) => {
    const reports: ExhaustiveReport[] = []
    const progress = ({ exhaustive }: { readonly exhaustive?: ExhaustiveReport }) =>
      exhaustive && reports.push(exhaustive)
    return { reports, answer: jobs!.call({ interventions, action }, { ...unwatched, progress }) }
  }
  const job = async (at: number) => {
    await until(() => {
      expect(started.length).toBeGreaterThan(at)
    })
    return started[at]!
  }
  return { call, started, job }
}

test('parts are evaluated in a process each, and told of together', async () => {
  const { call, job } = hosted(2)
  const { answer, reports } = call('run')
  const [one, other] = [await job(0), await job(1)]
  expect([one.request.shard, other.request.shard]).toEqual([
    { index: 1, count: 2 },
    { index: 2, count: 2 },
  ])
  one.say(10)
  other.say(20)
  await until(() => {
    expect(reports.at(-1)).toMatchObject({ state: 'running', total: 100, evaluation: { n: 30 } })
  })
  one.say(50, true)
  other.say(50, true)
  await expect(answer).resolves.toMatchObject({ state: 'done', evaluation: { n: 100 } })
})

test('a pause ends the processes and tells what they kept; to run is to begin them again', async () => {
  const { call, job, started } = hosted()
  const { answer } = call('run')
  const first = await job(0)
  first.say(40)
  await until(async () => {
    await expect(Promise.race([call('look').answer, Promise.resolve(null)])).resolves.toMatchObject({
      evaluation: { n: 40 },
    })
  })
  const paused = call('pause')
  await expect(answer).resolves.toMatchObject({ state: 'stopped', evaluation: { n: 40 }, sentence: null })
  expect(first.killed).toBe(true)
  const look = await job(1)
  expect(look.request.action).toBe('look')
  look.say(40)
  await expect(paused.answer).resolves.toMatchObject({ state: 'stopped', evaluation: { n: 40 } })
  void call('run').answer
  expect((await job(2)).request.action).toBe('run')
  expect(started).toHaveLength(3)
})

test('a process that is killed is started again, and gives up after three deaths that led nowhere', async () => {
  const { call, job } = hosted()
  const { answer, reports } = call('again')
  answer.catch(() => {})
  const first = await job(0)
  expect(first.request.action).toBe('again')
  first.die()
  const second = await job(1)
  expect(second.request.action).toBe('run')
  second.say(10)
  await until(() => {
    expect(reports.at(-1)).toMatchObject({ evaluation: { n: 10 } })
  })
  second.die()
  for (const at of [2, 3]) (await job(at)).die()
  await expect(answer).rejects.toThrow(/^The evaluation stopped 3 times in a row .* run again to go on\.$/)
})

test('a process that says nothing for too long is taken for dead', async () => {
  vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] })
  try {
    const { call, job } = hosted(1, 60_000)
    const { answer } = call('run')
    await job(0)
    await vi.advanceTimersByTimeAsync(60_000)
    const second = await job(1)
    second.say(100, true)
    await expect(answer).resolves.toMatchObject({ state: 'done' })
  } finally {
    vi.useRealTimers()
  }
})

test('other interventions, and another model, stop what runs with one sentence and are asked by themselves', async () => {
  const { call, job } = hosted()
  const clean = call('run')
  ;(await job(0)).say(30)
  const now = call('run', [ablation])
  const stopped = await clean.answer
  expect(stopped.sentence).toMatch(
    /^Stopped at \d+ sums: other interventions are evaluated now; what is done is kept\.$/,
  )
  const ablated = await job(1)
  expect(ablated.request.interventions).toEqual([ablation])
  jobs!.open({ source: { path: '/another' } })
  await expect(now.answer).resolves.toMatchObject({
    sentence: 'Stopped at 0 sums: another model was opened; what is done is kept.',
    evaluation: null,
  })
  void call('run').answer.catch(() => {})
  expect((await job(2)).request.model).toEqual({ source: { path: '/another' } })
})

test('what cannot be kept is said in its own sentence', async () => {
  const { call, job } = hosted()
  const { answer } = call('run')
  ;(await job(0)).fail(
    'What is evaluated could not be kept in "/kept" (the disk is full): make room there, then run again.',
  )
  await expect(answer).rejects.toThrow(/the disk is full/)
})
