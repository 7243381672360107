import { expect, test } from 'vitest'
import { unwatched } from '../../src/contract/unwatched'
import { Pool } from '../../src/host/pool'
import { fakeProcesses } from '../support/fake-processes'
import { until } from '../support/patience'

test('what waits when another model is opened is not answered by that one; what runs ends as it was', async () => {
  const held: (() => void)[] = []
  const { spawn } = fakeProcesses(() => ({
    analyze: async ({ params }) => {
      await new Promise<void>((resolve) => held.push(resolve))
      return { seed: params.dataset!.seed }
    },
  }))
  const pool = new Pool(spawn, 1)
  pool.open({ source: { path: '/a/model' } })
  const ask = (seed: number) => ({ id: 'performance', params: { dataset: { size: 1, seed } } })
  const asked = Promise.allSettled([1, 2].map((seed) => pool.analyze(ask(seed), unwatched)))
  await until(() => expect(held).toHaveLength(1))
  pool.open({ source: { path: '/another/model' } })
  held[0]!()
  const [running, waiting] = await asked
  expect(running).toEqual({ status: 'fulfilled', value: { seed: 1 } })
  expect(waiting).toMatchObject({ status: 'rejected', reason: { code: 'cancelled' } })
  expect(held).toHaveLength(1)
  pool.close()
})
