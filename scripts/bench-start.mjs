// Times the start of the packaged app, in the stand-in for Electron beside the project, from the program's start to the first result on
// screen: `node scripts/bench-start.mjs [--runs N] [--beside FOLDER]`. Prints the median of each step; the stand-in's own start is not
// Electron's. With another clone's folder, both are started in turns, and the ratio of each step is told.
import { spawnSync } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { loadavg, tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { parseArgs } from 'node:util'
import { main } from './bootstrap.mjs'
import { root } from './tool.mjs'

await main(async () => {
  const { values } = parseArgs({ options: { runs: { type: 'string', default: '5' }, beside: { type: 'string' } } })
  const folders = [root, ...(values.beside === undefined ? [] : [resolve(values.beside)])]
  const executables = folders.map(packed)
  const runs = executables.map(() => [])
  for (let run = 0; run < Number(values.runs); run++)
    for (const [index, executable] of executables.entries()) runs[index].push(startOnce(executable))
  console.log(`load ${loadavg()[0].toFixed(1)}, ${values.runs} starts, medians, from the start of the program to`)
  print(runs.map((some) => mediansOf(some.map(({ times }) => times))))
  console.log('processor time until the first result, of')
  print(runs.map((some) => mediansOf(some.map(({ processor }) => processor))))
  return 0
})

function print([here, there]) {
  for (const [step, ms] of Object.entries(here).sort(([, one], [, other]) => one - other)) {
    const other = there?.[step]
    const ratio = other === undefined ? '' : `${String(other).padStart(6)} ms there, ratio ${(ms / other).toFixed(2)}  `
    console.log(`${String(ms).padStart(6)} ms  ${ratio}${step}`)
  }
}

function packed(folder) {
  const script = join(folder, 'scripts/package-around-stub.mjs')
  const { status, stdout, stderr } = spawnSync(process.execPath, [script], { encoding: 'utf8' })
  if (status !== 0) throw new Error(stderr)
  return join(stdout.trim(), 'carryscope')
}

function mediansOf(runs) {
  const steps = Object.keys(runs[0]).map((step) => {
    const sorted = runs.flatMap((run) => run[step] ?? []).sort((one, other) => one - other)
    return [step, sorted[Math.floor(sorted.length / 2)]]
  })
  return Object.fromEntries(steps)
}

/** Both are watched by this clone's launcher, so that the same is measured of each. */
function startOnce(executable) {
  const folder = mkdtempSync(join(tmpdir(), 'carryscope-start-'))
  const report = join(folder, 'report.json')
  const env = {
    ...process.env,
    CARRYSCOPE_STUB_EXEC: join(root, 'test/support/stand-in-launcher.mjs'),
    CARRYSCOPE_REPORT: report,
    CARRYSCOPE_USER_DATA: join(folder, 'kept'),
  }
  try {
    const { stderr } = spawnSync(executable, { env, encoding: 'utf8', timeout: 60_000 })
    try {
      return JSON.parse(readFileSync(report, 'utf8'))
    } catch {
      throw new Error(`The app showed no result: ${stderr}`)
    }
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
}
