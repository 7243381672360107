import { afterEach, expect, test } from 'vitest'
import type { EngineStatus, ExploreResult, ModelInfo } from '../../src/contract/contract'
import { EngineFailure } from '../../src/contract/failure'
import { hostEngine, type HostedEngine } from '../../src/host/hosted-engine'
import { TrainingRuns } from '../../src/host/training-runs'
import type { Trial } from '../../src/contract/trial'
import { fakeOpened, fakeProcesses } from '../support/fake-processes'
import { fakeTrials } from '../support/fake-trials'
import { unwatched } from '../../src/contract/unwatched'
import { until } from '../support/patience'

const source = { source: { path: '/a/model' } }
const question = { sum: { a: 1, b: 2 }, interventions: [] }
const performance = { id: 'performance', params: {} }
const cpu = { provider: 'cpu', maxDifference: 0, liveMs: 0.2, sweepSums: 256, sumsPerSecond: 40_000 }
const gpu = { provider: 'webgpu', maxDifference: 1e-6, liveMs: 1.5, sweepSums: 256, sumsPerSecond: 500_000 }
const fast = { ...gpu, liveMs: 0.01 }

let hosted: HostedEngine | undefined
afterEach(() => {
  hosted?.close()
})

interface Setup {
  readonly trials?: readonly Trial[]
  readonly kept?: { text: string | null }
  readonly machine?: string
  readonly provider?: string
  /** What a process does on the provider that its model was opened with. */
  readonly compute?: (provider: string, die: () => void) => Promise<void>
}

/** An engine whose processes tell on which provider they compute. */
function host({ trials = [cpu, gpu], kept = { text: null }, machine = 'one', provider, compute }: Setup = {}) {
  const notices: string[] = []
  const { spawn: spawnTrial, asked } = fakeTrials(trials)
  const model = { ...fakeOpened, name: 'model', sha256: 'abc', path: '/a/model' } as ModelInfo
  const { spawn, calls } = fakeProcesses((_, die) => {
    let current = 'cpu'
    const work = async () => {
      await compute?.(current, die)
      return current
    }
    return {
      openModel: async ({ provider }) => {
        current = provider ?? 'cpu'
        return model
      },
      explore: async () => ({ on: await work(), engineMs: 1 }) as unknown as ExploreResult,
      analyze: async () => ({ on: await work() }),
      status: async () => ({ provider: current, machine, model }) as EngineStatus,
    }
  })
  hosted = hostEngine({
    exhaustive: { spawn, processes: 1, folder: '' },
    training: new TrainingRuns({
      spawn,
      begun: { paths: [], add: () => undefined },
      bundled: () => [],
      place: () => '/runs/run-1',
    }),
    spawn,
    spawnTrial,
    tell: (sentence) => notices.push(sentence),
    poolSize: 2,
    kept: {
      read: () => kept.text,
      write: (text) => {
        kept.text = text
      },
    },
    platform: 'linux',
    addsCuda: null,
    quietMs: 0,
    ...(provider !== undefined && { provider }),
  })
  return { handlers: hosted.handlers, notices, asked, kept, calls }
}

/** Opens the model and waits until the providers are settled. */
async function settled(setup: Setup = {}) {
  const all = host(setup)
  await all.handlers.openModel(source, unwatched)
  await all.handlers.explore(question, unwatched)
  const report = await all.handlers.providers({}, unwatched)
  return { ...all, report }
}

const tried = (asked: readonly { provider: string }[]) => asked.map(({ provider }) => provider)

test('nothing is tried before the first live result, and everything soon after it', async () => {
  const { handlers, asked } = host()
  await handlers.openModel(source, unwatched)
  await new Promise((resolve) => setTimeout(resolve, 5))
  expect(asked).toEqual([])
  expect(await handlers.explore(question, unwatched)).toMatchObject({ on: 'cpu' })
  await until(() => {
    expect(tried(asked)).toEqual(['cpu', 'cuda', 'webgpu'])
  })
})

test('each use goes to what was fastest for it, and the report tells of all that was tried', async () => {
  const { handlers, report } = await settled()
  expect(report).toEqual({
    trials: [cpu, { provider: 'cuda', failure: 'its process ended with code 1' }, gpu],
    setting: 'auto',
    used: { live: 'cpu', sweep: 'webgpu' },
    notices: ['The execution provider "cuda" is not used: its process ended with code 1.'],
    place: { platform: 'linux', addsCuda: null },
  })
  expect(await handlers.explore(question, unwatched)).toMatchObject({ on: 'cpu' })
  expect(await handlers.analyze(performance, unwatched)).toMatchObject({ on: 'webgpu' })
})

test('the next start on the same machine tries nothing; another machine does', async () => {
  const { kept } = await settled({ trials: [cpu, fast] })
  const again = await settled({ trials: [], kept })
  expect(again.asked).toEqual([])
  expect(again.report.used).toEqual({ live: 'webgpu', sweep: 'webgpu' })
  const moved = await settled({ kept, machine: 'two' })
  expect(moved.asked).toHaveLength(3)
  expect(moved.report.used).toEqual({ live: 'cpu', sweep: 'webgpu' })
})

test('measuring again forgets what was known', async () => {
  const { handlers, asked } = await settled()
  await handlers.providers({ again: true }, unwatched)
  expect(asked).toHaveLength(6)
})

test('a kept file that is none is as good as none', async () => {
  const { report } = await settled({ kept: { text: '{"version":1,"models":7' } })
  expect(report.setting).toBe('auto')
})

test('a provider that was settled on computes everything, at the next start too, until it is left to the trials', async () => {
  const { handlers, kept } = await settled()
  expect(await handlers.providers({ use: 'webgpu' }, unwatched)).toMatchObject({
    setting: 'webgpu',
    used: { live: 'webgpu', sweep: 'webgpu' },
  })
  expect(await handlers.explore(question, unwatched)).toMatchObject({ on: 'webgpu' })
  const next = await settled({ kept })
  expect(next.report.used.live).toBe('webgpu')
  expect(await next.handlers.providers({ use: 'auto' }, unwatched)).toMatchObject({ used: { live: 'cpu' } })
})

test('a provider given for one start is not kept', async () => {
  const { report, kept } = await settled({ provider: 'cpu' })
  expect(report).toMatchObject({ setting: 'cpu', used: { live: 'cpu', sweep: 'cpu' } })
  expect((await settled({ kept })).report.setting).toBe('auto')
})

test('a provider whose trial failed is not used even if it is settled on', async () => {
  const { handlers } = await settled()
  expect(await handlers.providers({ use: 'cuda' }, unwatched)).toMatchObject({ used: { live: 'cpu', sweep: 'cpu' } })
})

test('a name that no provider has is refused in a sentence', async () => {
  const { handlers } = await settled()
  await expect(handlers.providers({ use: 'gpu' }, unwatched)).rejects.toThrow(
    'There is no execution provider "gpu" here; choose one of auto, cpu, cuda, webgpu.',
  )
})

const failing = (provider: string) =>
  provider === 'webgpu'
    ? Promise.reject(
        new EngineFailure('provider-failed', 'The execution provider "webgpu" failed: the device was lost.'),
      )
    : Promise.resolve()
const dying = (provider: string, die: () => void) =>
  provider === 'webgpu' ? (die(), new Promise<void>(() => {})) : Promise.resolve()

test.each([
  ['throws', failing, /"webgpu" failed: the device was lost\. It goes on on the CPU; nothing you did is lost\.$/],
  ['takes its process with it', dying, /while it computed on "webgpu"; it is started again on the CPU/],
])('a live provider that %s: the question is answered on the CPU, and a sentence says so', async (_, compute, said) => {
  let broken = false
  const { handlers, notices, kept } = await settled({
    trials: [cpu, fast],
    compute: (provider, die) => (broken ? compute(provider, die) : Promise.resolve()),
  })
  broken = true
  const answers = [handlers.explore(question, unwatched), handlers.explore(question, unwatched)]
  for (const answer of await Promise.all(answers)) expect(answer).toMatchObject({ on: 'cpu' })
  expect(notices).toEqual([expect.stringMatching(said)])
  const report = await handlers.providers({}, unwatched)
  expect(report.used.live).toBe('cpu')
  expect(report.trials.at(-1)).toEqual({ provider: 'webgpu', failure: 'it failed while it was in use' })
  expect((await settled({ kept })).report.used.live).toBe('cpu')
})

test.each([
  ['throws', failing],
  ['takes its process with it', dying],
])('a provider that %s in a sweep: the sweep is done on the CPU, and a sentence says so', async (_, compute) => {
  const { handlers, notices } = await settled({ compute })
  const [one, other] = await Promise.all([
    handlers.analyze(performance, unwatched),
    handlers.analyze({ ...performance, params: { examples: 1 } }, unwatched),
  ])
  expect([one, other]).toEqual([{ on: 'cpu' }, { on: 'cpu' }])
  expect(notices).toEqual([expect.stringMatching(/Sweeps go on on the CPU; nothing you did is lost\.$/)])
  expect((await handlers.providers({}, unwatched)).used.sweep).toBe('cpu')
})

test('another model opens on the CPU and is settled anew', async () => {
  const { handlers } = await settled({ trials: [cpu, fast] })
  await handlers.openModel({ source: { path: '/another' } }, unwatched)
  expect(await handlers.explore(question, unwatched)).toMatchObject({ on: 'cpu' })
  await until(async () => {
    expect(await handlers.explore(question, unwatched)).toMatchObject({ on: 'webgpu' })
  })
})
