// @vitest-environment jsdom
import { expect, test, vi } from 'vitest'
import { afterFrame, inTurn } from '../../src/renderer/parts/in-turn'
import { until } from '../support/patience'

test('each piece of work has a task of its own, in the order in which they were asked for', async () => {
  const done: string[] = []
  inTurn(() => {
    done.push('first')
    setTimeout(() => done.push('what came in meanwhile'))
  })
  inTurn(() => done.push('second'))
  const cancel = inTurn(() => done.push('called off'))
  inTurn(() => done.push('third'))
  cancel()
  expect(done).toEqual([])
  await until(() => expect(done).toEqual(['first', 'what came in meanwhile', 'second', 'third']))
})

test('work for after the frame lets pass what the frame asks for', async () => {
  const done: string[] = []
  afterFrame(() => done.push('work'))
  const cancel = afterFrame(() => done.push('called off'))
  requestAnimationFrame(() => inTurn(() => done.push('asked for by the frame')))
  cancel()
  await until(() => expect(done).toEqual(['asked for by the frame', 'work']))
})

test('it can be called off until it is done, before the frame and after it', async () => {
  const done: string[] = []
  const cancel = afterFrame(() => done.push('called off after the frame'))
  requestAnimationFrame(() => {
    cancel()
    inTurn(() => done.push('end'))
  })
  await until(() => expect(done).toEqual(['end']))
})

test('where no frame comes, as in a window that nobody sees, the work is done all the same', async () => {
  vi.stubGlobal('requestAnimationFrame', () => 0)
  const done: string[] = []
  afterFrame(() => done.push('work'))
  afterFrame(() => done.push('called off'))()
  try {
    await until(() => expect(done).toEqual(['work']))
  } finally {
    vi.unstubAllGlobals()
  }
})
