import { spawn } from 'node:child_process'
import { readFileSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { builtCommand } from '../../support/built-command'

let built: Awaited<ReturnType<typeof builtCommand>>
beforeAll(async () => {
  built = await builtCommand()
})
afterAll(() => rmSync(built.folder, { recursive: true, force: true }))

const sizes = [
  '--digits',
  '2',
  '--layers',
  '1',
  '--heads',
  '1',
  '--d-model',
  '8',
  '--d-head',
  '4',
  '--batch-size',
  '16',
]
const axes = ['--grid', 'seeds=0-2', '--steps', '60', '--interval', '5']

test('a grid whose process is killed takes its trainings along, and resumed it ranks the same', async () => {
  const [whole, killed] = [join(built.folder, 'whole'), join(built.folder, 'killed')]
  const uninterrupted = start('--out', whole, ...axes, ...sizes)
  expect(await uninterrupted.ended).toBe(0)
  expect(uninterrupted.out()).toMatch(/^ {2}rank +seed /)

  const training = start('--out', killed, ...axes, ...sizes)
  await training.said(/seed=0: step +5 of 60/)
  training.process.kill('SIGKILL')
  await training.ended
  // Its trainings hear that it is gone and give their locks back: a second grid finds none of them held.
  const again = start('--resume', killed)
  expect(await again.ended).toBe(0)
  expect(again.out()).toBe(uninterrupted.out())
  for (const seed of [0, 1, 2]) {
    const model = (folder: string) => readFileSync(join(folder, `seed=${seed}`, 'model.safetensors'))
    expect(model(killed)).toEqual(model(whole))
  }
}, 120_000)

function start(...args: string[]) {
  const child = spawn(process.execPath, [built.entry, 'train', ...args], { stdio: ['ignore', 'pipe', 'pipe'] })
  let [out, err] = ['', '']
  const waiting: (() => void)[] = []
  child.stdout.on('data', (text: Buffer) => (out += text.toString()))
  child.stderr.on('data', (text: Buffer) => {
    err += text.toString()
    waiting.splice(0).forEach((wake) => wake())
  })
  const ended = new Promise<number | null>((resolve) => child.once('close', resolve))
  const said = async (words: RegExp) => {
    while (!words.test(err)) await new Promise<void>((resolve) => waiting.push(resolve))
  }
  return { process: child, ended, out: () => out, said }
}
