import { type ChildProcess, spawn } from 'node:child_process'
import { readFileSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { builtCommand } from '../../support/built-command'

let built: Awaited<ReturnType<typeof builtCommand>>
beforeAll(async () => {
  built = await builtCommand()
})
afterAll(() => rmSync(built.folder, { recursive: true, force: true }))

test('a training killed by the system again and again, and resumed, gives the same bytes', async () => {
  // A checkpoint after every second step, so that most kills hit while files are written.
  const sizes = '--digits 2 --layers 1 --heads 1 --d-model 8 --d-head 4 --batch-size 16 --steps 60 --interval 2'.split(
    ' ',
  )
  expect(await start('--out', join(built.folder, 'whole'), ...sizes).ended).toBe(0)
  let training = start('--out', join(built.folder, 'killed'), ...sizes)
  let kills = 0
  for (const delay of [20, 90, 50]) {
    await Promise.race([training.reported, training.ended])
    await sleep(delay)
    if (training.process.kill('SIGKILL')) kills++
    await training.ended
    training = start('--resume', join(built.folder, 'killed'))
  }
  expect(await training.ended).toBe(0)
  expect(kills).toBeGreaterThan(0)
  const model = (name: string) => readFileSync(join(built.folder, name, 'model.safetensors'))
  expect(model('killed')).toEqual(model('whole'))
}, 180_000)

interface Training {
  readonly process: ChildProcess
  /** Resolves at the first checkpoint. */
  readonly reported: Promise<void>
  /** The exit code; null after a signal. */
  readonly ended: Promise<number | null>
}

function start(...args: string[]): Training {
  const child = spawn(process.execPath, [built.entry, 'train', ...args], {
    stdio: ['ignore', 'ignore', 'pipe'],
  })
  const reported = new Promise<void>((resolve) => {
    child.stderr.on('data', (text: Buffer) => {
      if (text.includes('held out')) resolve()
    })
  })
  const ended = new Promise<number | null>((resolve) => child.once('exit', resolve))
  return { process: child, reported, ended }
}
