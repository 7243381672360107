import { type ChildProcess, spawn } from 'node:child_process'
import { existsSync, readFileSync } from 'node:fs'
import { constants, getPriority } from 'node:os'
import { afterEach, expect, test } from 'vitest'
import { giveWayToOthers, startLow } from '../../src/engine/give-way'
import { until } from '../support/patience'

let child: ChildProcess | undefined
afterEach(() => {
  child?.kill('SIGKILL')
})

function started(detached: boolean): ChildProcess {
  child = spawn(process.execPath, ['-e', 'setInterval(() => {}, 1000)'], { detached, stdio: 'ignore' })
  return child
}

test('a process is of lowest priority before it has run', () => {
  const { pid } = started(false)
  startLow(child!)
  expect(getPriority(pid)).toBe(constants.priority.PRIORITY_LOW)
})

const niceness = (pid: number | 'self') => /nice (-?\d+)/.exec(readFileSync(`/proc/${pid}/autogroup`, 'utf8'))?.[1]

test.skipIf(!existsSync('/proc/self/autogroup'))(
  'a process that leads a session gives way to other sessions, and ours stays as it is (needs Linux with autogroup)',
  async () => {
    const before = niceness('self')
    const { pid } = started(true)
    giveWayToOthers(child!)
    await until(() => expect(niceness(pid!)).toBe('10'))
    expect(niceness('self')).toBe(before)
  },
)

test('a process that has ended already is left alone', async () => {
  const ended = started(false)
  const exit = new Promise((resolve) => ended.once('exit', resolve))
  ended.kill('SIGKILL')
  await exit
  startLow(ended)
  giveWayToOthers(ended)
  expect(ended.signalCode).toBe('SIGKILL')
})
