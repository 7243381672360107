import { spawn, spawnSync } from 'node:child_process'
import { once } from 'node:events'
import { resolve } from 'node:path'
import { pathToFileURL } from 'node:url'
import { expect, test } from 'vitest'

const script = pathToFileURL(resolve(import.meta.dirname, '../../scripts/run.mjs')).href

/** A Node program that runs another one through `run` and ends with the code that this resolves to. */
function programRunning(command: string, args: readonly string[]): string[] {
  const body = `import { run } from ${JSON.stringify(script)}
    process.exitCode = await run(${JSON.stringify(command)}, ${JSON.stringify(args)})`
  return ['--input-type=module', '--eval', body]
}

test.each([
  ['its exit code', process.execPath, ['--eval', 'process.exit(7)'], 7],
  ['128 and the signal that ended it', process.execPath, ['--eval', 'process.kill(process.pid, "SIGKILL")'], 137],
  ['127 where there is none', '/no/such/program', [], 127],
])('a program is run to its end and tells %s', (_, command, args, code) => {
  expect(spawnSync(process.execPath, programRunning(command, args)).status).toBe(code)
})

test('a signal reaches the program, and ends the runner only after the program has gone', async () => {
  const patient = `process.on('SIGTERM', () => { console.log('heard'); process.exit(0) })
    setInterval(() => {}, 1000); console.log('ready')`
  const runner = spawn(process.execPath, programRunning(process.execPath, ['--eval', patient]))
  let printed = ''
  runner.stdout.on('data', (chunk) => {
    printed += String(chunk)
    if (printed === 'ready\n') runner.kill('SIGTERM')
  })
  const [, signal] = (await once(runner, 'close')) as [number | null, string | null]
  expect(printed).toBe('ready\nheard\n')
  expect(signal).toBe('SIGTERM')
})
