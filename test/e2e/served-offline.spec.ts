import { execFileSync, spawnSync } from 'node:child_process'
import { mkdirSync, mkdtempSync, readdirSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, test } from '@playwright/test'
import { root } from '../support/installed'
import { connectPage, startServe } from '../support/serve-client'
import { isTraced, outwardCalls, traced } from '../support/system-calls'

// As a person has it: with a home of their own, and not under CI, where libraries behave.
let folder = ''
let log = ''
let env: NodeJS.ProcessEnv = {}
test.beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'carryscope-home-'))
  log = join(folder, 'calls.txt')
  const [home, temporary, state] = ['home', 'tmp', 'state'].map((name) => join(folder, name)) as [
    string,
    string,
    string,
  ]
  for (const made of [home, temporary, state, join(folder, 'work')]) mkdirSync(made)
  env = { PATH: process.env['PATH'], HOME: home, TMPDIR: temporary, XDG_STATE_HOME: state }
})
test.afterEach(() => {
  rmSync(folder, { recursive: true, force: true })
})

/** Every file that lies where a library might leave one. */
const left = () =>
  ['home', 'tmp'].flatMap((name) => readdirSync(join(folder, name), { recursive: true, encoding: 'utf8' }))

/** The trace of the last process is written after that has ended. */
const traceEnded = () => expect.poll(() => isTraced(log)).toBe(true)

for (const [what, args] of [
  ['an analysis', ['analyze', 'performance', '--sums', '200']],
  ['an evaluation in processes of its own', ['evaluate', '--exhaustive', '--shard', '1/5000', '--processes', '2']],
  ['an evaluation in one process', ['evaluate', '--exhaustive', '--shard', '1/5000', '--processes', '1']],
  ['a training', ['train', '--out', 'model', '--digits', '2', '--d-model', '8', '--d-head', '4', '--steps', '4']],
] as const)
  test(`${what} leaves nothing on this machine and asks for nothing beyond it`, async () => {
    const run = traced(process.execPath, [join(root, 'out/main/cli.js'), ...args], log)
    execFileSync(run.command, run.args, { env, cwd: join(folder, 'work'), stdio: 'pipe' })
    expect(left()).toEqual([])
    await traceEnded()
    expect(outwardCalls(log, [join(folder, 'work')])).toEqual([])
  })

test('serve leaves nothing but its own state, with sweeps and trials of execution providers', async () => {
  const { command, args } = traced(process.execPath, [], log)
  const serve = await startServe([], { env, command, before: args })
  const { engine, socket } = connectPage(serve.url)
  await engine.call('status', {})
  await engine.call('explore', { sum: { a: 2968, b: 1606 }, interventions: [] })
  await engine.call('analyze', { id: 'head-ablation', params: { dataset: { size: 200, seed: 1 } } })
  const { trials } = await engine.call('providers', {})
  expect(trials.map(({ provider }) => provider)).toContain('cpu')
  socket().terminate()
  await serve.stop()
  await traceEnded()
  expect(left()).toEqual([])
  expect(outwardCalls(log, [join(folder, 'state')])).toEqual([])
})

test('a process whose telemetry is on is noticed', () => {
  const load = 'require("onnxruntime-node").InferenceSession.create("none").catch(() => setTimeout(() => {}, 500))'
  const run = traced(process.execPath, ['-e', load], log)
  spawnSync(run.command, run.args, { env, cwd: root })
  expect(left().join()).toContain('deviceid')
})
