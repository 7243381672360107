import { expect, test } from 'vitest'
import type { Progress } from '../../src/contract/contract'
import { pacedProgress } from '../../src/engine/paced-progress'

test('of reports at every 10 ms ten a second are passed on, and each that brings a partial result', () => {
  let time = 0
  const passed: Progress[] = []
  const progress = pacedProgress(
    (report) => passed.push(report),
    () => time,
  )
  const partial = { loss: 1 }
  for (let done = 1; done <= 100; done++, time += 10)
    progress({ done, total: 100, ...([15, 16, 100].includes(done) && { partial }) })
  expect(passed.map(({ done }) => done)).toEqual([1, 11, 15, 16, 26, 36, 46, 56, 66, 76, 86, 96, 100])
  expect(passed.filter((report) => report.partial).map(({ done }) => done)).toEqual([15, 16, 100])
})
