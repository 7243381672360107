import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { existsSync, mkdtempSync, readFileSync, rmSync, utimesSync, writeFileSync } from 'node:fs'
import { hostname, tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeEach, expect, test } from 'vitest'
import { takeLock } from '../../src/files/lock'
import { beganAt } from '../../src/files/running-process'
import { until } from '../support/patience'

const scratch = mkdtempSync(join(tmpdir(), 'carryscope-lock-'))
const path = join(scratch, 'work.lock')
afterAll(() => {
  rmSync(scratch, { recursive: true })
})
beforeEach(() => {
  rmSync(path, { force: true })
})

const take = () => takeLock(path, (holder) => `Held by ${holder}.`)
const holder = (pid: number, host: string) => JSON.stringify({ pid, host, began: beganAt(pid) })

test('a lock is held once, and free again when it was given back', () => {
  const lock = take()
  expect(take).toThrow(`Held by process ${process.pid} on ${hostname()}.`)
  lock.release()
  expect(existsSync(path)).toBe(false)
  take().release()
})

test('a process that ends in any way loses its lock', async () => {
  const child = spawn(process.execPath, ['-e', 'setInterval(() => {}, 1000)'], { stdio: 'ignore' })
  const { pid } = child
  writeFileSync(path, holder(pid!, hostname()))
  expect(take).toThrow(`Held by process ${pid} on ${hostname()}.`)
  const ended = new Promise((resolve) => child.once('exit', resolve))
  child.kill('SIGKILL')
  await ended
  take().release()
})

test.skipIf(process.platform !== 'linux')(
  'a process that was killed loses its lock although its parent has not asked for it yet (needs /proc)',
  async () => {
    // The shell becomes a program that knows nothing of the child that it has then.
    const parent = spawn('sh', ['-c', 'sleep 60 & echo $!; exec sleep 60'], { stdio: ['ignore', 'pipe', 'ignore'] })
    const [printed] = (await once(parent.stdout, 'data')) as [Buffer]
    const pid = Number(String(printed))
    writeFileSync(path, holder(pid, hostname()))
    expect(take).toThrow(`Held by process ${pid} on ${hostname()}.`)
    process.kill(pid, 'SIGKILL')
    await until(() => {
      take().release()
    })
    expect(beganAt(pid)).not.toBe('')
    parent.kill('SIGKILL')
  },
)

test.skipIf(process.platform !== 'linux')(
  'another process with the number of a dead one has no lock (needs /proc)',
  () => {
    writeFileSync(path, JSON.stringify({ pid: process.pid, host: hostname(), began: '1' }))
    take().release()
  },
)

test('the lock of another machine holds for as long as it says that it is there', () => {
  writeFileSync(path, holder(1, 'elsewhere'))
  expect(take).toThrow('Held by process 1 on elsewhere.')
  const long = Date.now() / 1000 - 300
  utimesSync(path, long, long)
  take().release()
})

test('a file that is no lock is kept', () => {
  writeFileSync(path, 'notes of someone')
  expect(take).toThrow(`Held by whoever made "${path}".`)
  expect(readFileSync(path, 'utf8')).toBe('notes of someone')
})
