// Times the start of the packaged app, in the stand-in for Electron beside the project, from the program's start to the first result on
// screen: `node scripts/bench-start.mjs [--runs N]`. Prints the median of each step; the stand-in's own start is not Electron's.
import { spawnSync } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { loadavg, tmpdir } from 'node:os'
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import { main } from './bootstrap.mjs'
import { root } from './tool.mjs'

await main(async () => {
  const { values } = parseArgs({ options: { runs: { type: 'string', default: '5' } } })
  const packed = spawnSync(process.execPath, [join(root, 'scripts/package-around-stub.mjs')], { encoding: 'utf8' })
  if (packed.status !== 0) throw new Error(packed.stderr)
  const executable = join(packed.stdout.trim(), 'carryscope')
  const runs = Array.from({ length: Number(values.runs) }, () => startOnce(executable))
  console.log(`load ${loadavg()[0].toFixed(1)}, ${runs.length} starts, medians`)
  for (const step of Object.keys(runs[0])) {
    const sorted = runs.map((run) => run[step]).sort((a, b) => a - b)
    console.log(`${String(sorted[Math.floor(sorted.length / 2)]).padStart(6)} ms  ${step}`)
  }
  return 0
})

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
      return JSON.parse(readFileSync(report, 'utf8')).times
    } catch {
      throw new Error(`The app showed no result: ${stderr}`)
    }
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
}
