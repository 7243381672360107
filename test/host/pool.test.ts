import { afterEach, describe, expect, test, vi } from 'vitest'
import { tensor } from '../../src/core/tensor'
import type { AnalysisParams } from '../../src/analyses/registry'
import type { MethodParams, Progress } from '../../src/contract/contract'
import { Pool } from '../../src/host/pool'
import { preparations } from '../../src/host/preparations'
import type { Handlers } from '../../src/contract/rpc-server'
import { fakeOpened, fakeProcesses } from '../support/fake-processes'
import { unwatched } from '../../src/contract/unwatched'
import { until } from '../support/patience'

let pool: Pool | undefined
afterEach(() => {
  pool?.close()
})

function start(size: number, handlersOf?: Parameters<typeof fakeProcesses>[0]) {
  const processes = fakeProcesses(handlersOf)
  pool = new Pool(processes.spawn, size)
  pool.open({ source: { path: '/a/model' } })
  return { ...processes, pool }
}

const ask = (seed: number) => ({ id: 'performance', params: { dataset: { size: 1, seed } } })
const seedOf = (params: Pick<AnalysisParams, 'dataset'>) => params.dataset!.seed

/** A sweep over four cuts whose value is their number; every part reports once, as far as it is. */
const fourCuts: Handlers['analyze'] = async ({ schedule }, { progress }) => {
  const { index, of } = schedule!.share!
  const data = Float64Array.from({ length: 4 }, (_, cut) => (cut % of === index ? cut : NaN))
  const lossDiff = tensor(['head'], [4], data, { labels: { head: ['0', '1', '2', '3'] }, unit: 'nats' })
  progress({ done: 4 / of, total: 4 / of, partial: { lossDiff } })
  return { mode: 'mean', lossDiff }
}

test('no process is started before a job wants one, and each opens the model once', async () => {
  const { pool, started, calls } = start(3)
  expect(started()).toBe(0)
  await pool.analyze(ask(1), unwatched)
  await pool.analyze(ask(2), unwatched)
  expect(calls).toEqual(['openModel in 1', 'analyze in 1', 'analyze in 1'])
})

test('after another model was opened, jobs run on that one', async () => {
  const opened: string[] = []
  const openModel = vi.fn<Handlers['openModel']>(async ({ source }) => {
    opened.push('path' in source ? source.path : source.name)
    return fakeOpened
  })
  const { pool } = start(1, () => ({ openModel }))
  await pool.analyze(ask(1), unwatched)
  pool.open({ source: { path: '/another/model' } })
  await pool.analyze(ask(1), unwatched)
  expect(opened).toEqual(['/a/model', '/another/model'])
})

test('the same question about the same model is answered from memory', async () => {
  const { pool, calls } = start(1)
  const first = await pool.analyze(ask(1), unwatched)
  expect(await pool.analyze(ask(1), unwatched)).toBe(first)
  expect(calls.filter((call) => call.startsWith('analyze'))).toHaveLength(1)
})

test('a divisible sweep is shared by all processes and put together, in progress and in the end', async () => {
  const { pool, started } = start(3, () => ({ analyze: fourCuts }))
  const reports: Progress[] = []
  const result = await pool.analyze(
    { id: 'head-ablation', params: {} },
    { ...unwatched, progress: (report) => reports.push(report) },
  )
  expect(started()).toBe(3)
  expect(result).toMatchObject({ mode: 'mean', lossDiff: { data: Float64Array.of(0, 1, 2, 3), unit: 'nats' } })
  expect(reports.at(-1)).toMatchObject({
    done: 4,
    total: 4,
    partial: { lossDiff: { data: Float64Array.of(0, 1, 2, 3) } },
  })
  expect(reports[0]?.partial).toBeUndefined()
})

test('jobs beyond the number of processes wait their turn, in order', async () => {
  const order: number[] = []
  const analyze: Handlers['analyze'] = async ({ params }) => {
    order.push(seedOf(params))
    await new Promise((resolve) => setTimeout(resolve, 1))
    return {}
  }
  const { pool } = start(1, () => ({ analyze }))
  await Promise.all([1, 2, 3, 4].map((seed) => pool.analyze(ask(seed), unwatched)))
  expect(order).toEqual([1, 2, 3, 4])
})

test('cancelling a waiting job takes it out of the queue, cancelling a running one frees its process', async () => {
  const begun: number[] = []
  const analyze: Handlers['analyze'] = ({ params }, { signal }) =>
    new Promise((resolve, reject) => {
      begun.push(seedOf(params))
      signal.addEventListener('abort', () => {
        reject(signal.reason as Error)
      })
      if (seedOf(params) === 3) resolve({ n: 3 })
    })
  const { pool } = start(1, () => ({ analyze }))
  const [running, waiting] = [new AbortController(), new AbortController()]
  const first = pool.analyze(ask(1), { ...unwatched, signal: running.signal })
  const second = pool.analyze(ask(2), { ...unwatched, signal: waiting.signal })
  const third = pool.analyze(ask(3), unwatched)
  await until(() => {
    expect(begun).toEqual([1])
  })
  waiting.abort()
  running.abort()
  await expect(second).rejects.toMatchObject({ code: 'cancelled' })
  await expect(first).rejects.toMatchObject({ code: 'cancelled' })
  await expect(third).resolves.toEqual({ n: 3 })
  expect(begun).toEqual([1, 3])
})

test('a job whose process dies is run once more, on the same model', async () => {
  const { pool, calls } = start(1, (generation, die) =>
    generation === 1 ? { analyze: () => (die(), new Promise<never>(() => {})) } : {},
  )
  await expect(pool.analyze(ask(1), unwatched)).resolves.toEqual({ n: 2 })
  expect(calls).toEqual(['openModel in 1', 'analyze in 1', 'openModel in 2', 'analyze in 2'])
})

test('a job that ends every process fails with one sentence, and the next one works', async () => {
  const { pool } = start(2, (_, die) => ({
    analyze: async ({ params }) => (seedOf(params) === 1 ? (die(), new Promise<never>(() => {})) : { n: 7 }),
  }))
  await expect(pool.analyze(ask(1), unwatched)).rejects.toMatchObject({
    code: 'engine-died',
    message: 'The process that ran "performance" ended twice; ask for it once more.',
  })
  await expect(pool.analyze(ask(2), unwatched)).resolves.toEqual({ n: 7 })
})

test('when a part of a sweep fails, the others are stopped', async () => {
  let stopped = 0
  const analyze: Handlers['analyze'] = ({ schedule }, { signal }) =>
    new Promise((_, reject) => {
      if (schedule?.share?.index === 1) reject(new Error('broken'))
      signal.addEventListener('abort', () => {
        stopped++
        reject(signal.reason as Error)
      })
    })
  const { pool } = start(3, () => ({ analyze }))
  await expect(pool.analyze({ id: 'qkv-ablation', params: {} }, unwatched)).rejects.toThrow('broken')
  await until(() => {
    expect(stopped).toBe(2)
  })
})

describe('of a large data set', () => {
  const large = (seed: number) => ({ id: 'performance', params: { dataset: { size: 5000, seed } } })

  /** Answers with how many sums it ran; whole jobs end when told to. */
  function slow() {
    const ends: (() => void)[] = []
    const analyze: Handlers['analyze'] = async ({ schedule: { first } = {} }) => {
      if (first === undefined) await new Promise<void>((resolve) => ends.push(resolve))
      return { n: first ?? 5000 }
    }
    return { ends, ...start(1, () => ({ analyze })) }
  }

  test('every job tells what its first sums say, also while another has the process', async () => {
    const { pool, ends } = slow()
    const reports: Progress[] = []
    const watched = { ...unwatched, progress: (report: Progress) => reports.push(report) }
    const answers = [pool.analyze(large(1), watched), pool.analyze(large(2), watched)]
    await until(() => {
      expect(reports).toEqual(Array.from({ length: 2 }, () => ({ done: 0, total: 5000, look: 48, partial: { n: 48 } })))
    })
    expect(ends).toHaveLength(1)
    ends[0]!()
    await until(() => {
      expect(ends).toHaveLength(2)
    })
    ends[1]!()
    expect(await Promise.all(answers)).toEqual([{ n: 5000 }, { n: 5000 }])
  })

  test('a first look that fails is passed over, and what is wrong is told once', async () => {
    const analyze: Handlers['analyze'] = ({ params: { first } }) =>
      Promise.reject(new Error(first === undefined ? 'the whole is wrong' : 'the look is wrong'))
    const { pool } = start(1, () => ({ analyze }))
    await expect(pool.analyze(large(1), unwatched)).rejects.toThrow('the whole is wrong')
  })

  test('no look takes the model away from a job that runs', async () => {
    const { pool, ends, calls } = slow()
    const running = pool.analyze(large(1), unwatched)
    await until(() => {
      expect(ends).toHaveLength(1)
    })
    pool.open({ source: { path: '/another/model' } })
    const waiting = pool.analyze(large(1), unwatched)
    await new Promise((resolve) => setTimeout(resolve, 5))
    expect(calls.filter((call) => call.startsWith('openModel'))).toHaveLength(1)
    ends[0]!()
    await running
    await until(() => {
      expect(ends).toHaveLength(2)
    })
    ends[1]!()
    await waiting
  })
})

test('what one process answers alone waits for no sweep that keeps them all, and a sweep waits for one of its own', async () => {
  const ends = new Map<string, (() => void)[]>()
  const begun: string[] = []
  const analyze: Handlers['analyze'] = async ({ id, params, schedule }) => {
    const name = `${id} ${seedOf(params)}${schedule?.share ? ', a share' : ''}`
    begun.push(name)
    await new Promise<void>((resolve) => ends.set(name, [...(ends.get(name) ?? []), resolve]))
    return { id }
  }
  const { pool } = start(2, () => ({ analyze }))
  const of = (id: string, seed: number) => pool.analyze({ id, params: { dataset: { size: 9, seed } } }, unwatched)
  const answers = [of('head-ablation', 1), of('head-ablation', 2), of('performance', 3), of('performance', 4)]
  answers.push(of('performance', 5))
  const next = (count: number) =>
    until(() => {
      expect(begun).toHaveLength(count)
    })
  await next(4)
  const share = (seed: number) => `head-ablation ${seed}, a share`
  expect(begun.toSorted()).toEqual([share(1), share(1), 'performance 3', 'performance 4'])
  ends.get('performance 3')![0]!()
  await next(5)
  expect(begun.at(-1)).toBe('performance 5')
  ends.get(share(1))!.forEach((end) => end())
  ends.get('performance 4')![0]!()
  await next(6)
  expect(begun.at(-1)).toBe(share(2))
  ends.get('performance 5')![0]!()
  await next(7)
  ends.get(share(2))!.forEach((end) => end())
  await Promise.all(answers)
})

test('what is about no data set does not wait for the sweep that has the process', async () => {
  let end = () => {}
  const analyze: Handlers['analyze'] = async ({ id, params: { dataset } }) => {
    if (dataset) await new Promise<void>((resolve) => (end = resolve))
    return { id }
  }
  const { pool } = start(1, () => ({ analyze }))
  const sweep = pool.analyze(ask(1), unwatched)
  expect(await pool.analyze({ id: 'weights', params: {} }, unwatched)).toEqual({ id: 'weights' })
  end()
  expect(await sweep).toEqual({ id: 'performance' })
})

describe('once nothing is asked', () => {
  afterEach(() => {
    vi.useRealTimers()
  })

  test('processes that have the model get ready for the lab, once, and each for its share', async () => {
    vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] })
    const idle: MethodParams<'analyze'>[] = []
    const analyze: Handlers['analyze'] = async (question) => {
      if (question.schedule?.idle) idle.push(question)
      return { n: 1 }
    }
    const { pool } = start(2, () => ({ analyze }))
    await pool.analyze({ id: 'head-ablation', params: {} }, unwatched)
    expect(idle).toEqual([])
    await vi.advanceTimersByTimeAsync(500)
    await until(() => {
      expect(idle).toHaveLength(2 * preparations({ index: 0, of: 2 }).length)
    })
    expect(idle.flatMap(({ id, schedule }) => (id === 'transplant-map' ? (schedule?.share ?? []) : []))).toEqual([
      { index: 0, of: 2 },
      { index: 1, of: 2 },
    ])
    await pool.analyze(ask(1), unwatched)
    await vi.advanceTimersByTimeAsync(5000)
    expect(idle).toHaveLength(2 * preparations({ index: 0, of: 2 }).length)
  })

  test('a process that no job wanted is not started for it', async () => {
    vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] })
    const { pool, started } = start(2)
    await pool.analyze(ask(1), unwatched)
    await vi.advanceTimersByTimeAsync(500)
    expect(started()).toBe(1)
  })
})
