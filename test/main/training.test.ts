import { EventEmitter } from 'node:events'
import type { BrowserWindow } from 'electron'
import { beforeEach, expect, test, vi } from 'vitest'
import type { RunProgress } from '../../src/contract/training'
import type { TrainingRuns } from '../../src/host/training-runs'
import { askBeforeClosing } from '../../src/main/training'
import { until } from '../support/patience'

const electron = vi.hoisted(() => ({ asked: [] as { detail: string; buttons: string[] }[], response: 0 }))

vi.mock('electron', () => ({
  dialog: {
    showMessageBox: async (_: unknown, options: { detail: string; buttons: string[] }) => {
      electron.asked.push(options)
      return { response: electron.response }
    },
  },
}))

beforeEach(() => {
  electron.asked = []
})

const run: RunProgress = {
  path: '/runs/run-1',
  state: 'running',
  step: 1200,
  steps: 31_500,
  checkpoint: 1000,
  secondsLeft: null,
  sentence: null,
}

/** A window that can be closed, and how often it was and a run was paused. */
function opened(running: readonly RunProgress[]) {
  const done = { closed: 0, paused: 0 }
  const window = new (class extends EventEmitter {
    close() {
      const preventDefault = vi.fn()
      this.emit('close', { preventDefault })
      if (preventDefault.mock.calls.length === 0) done.closed++
    }
  })()
  const pauseAll = async () => {
    done.paused++
  }
  askBeforeClosing(window as unknown as BrowserWindow, { running, pauseAll } as unknown as TrainingRuns)
  return { done, window }
}

test('a window closes at once where nothing trains', () => {
  const { done, window } = opened([])
  window.close()
  expect([done.closed, electron.asked.length]).toEqual([1, 0])
})

test.each([
  ['Keep training', { closed: 1, paused: 0 }],
  ['Pause it', { closed: 1, paused: 1 }],
  ['Cancel', { closed: 0, paused: 0 }],
])('while a run goes on closing asks what is to become of it: %s', async (answer, expected) => {
  electron.response = ['Keep training', 'Pause it', 'Cancel'].indexOf(answer)
  const { done, window } = opened([run])
  window.close()
  expect(done.closed).toBe(0)
  await until(() => {
    expect(done).toEqual(expected)
  })
  expect(electron.asked).toHaveLength(1)
  expect(electron.asked[0]!.detail).toContain('"/runs/run-1" is at step 1,200 of 31,500.')
})

test('it asks once for a window, and again where closing was left', async () => {
  electron.response = 2
  const { window } = opened([run])
  window.close()
  await until(() => {
    expect(electron.asked).toHaveLength(1)
  })
  electron.response = 0
  window.close()
  await until(() => {
    expect(electron.asked).toHaveLength(2)
  })
})

test('closing again before the answer asks nothing more', async () => {
  electron.response = 2
  const { done, window } = opened([run])
  window.close()
  window.close()
  await until(() => {
    expect(electron.asked).toHaveLength(1)
  })
  expect(done.closed).toBe(0)
})
