// The run on a machine with a graphics processor: `node scripts/bench-gpu.mjs [--model PATH]`, with PYTHON naming a Python that has
// TransformerLens, with torch for that processor. Prints the table of docs/gpu.md, one row for each that computes, in one run. It takes
// minutes; without a graphics processor the table has the rows of the CPU.
import { spawnSync } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import { bootstrap, main } from './bootstrap.mjs'
import { cliCommand } from './cli-command.mjs'

/** One this slow for a single sum is a software driver, whose sweep would take hours; in milliseconds. */
const hopelessMs = 50

await main(async () => {
  await bootstrap()
  const { values } = parseArgs({ options: { model: { type: 'string' } } })
  const model = values.model === undefined ? [] : ['--model', values.model]
  const { device, trials } = json(['providers', ...model])
  for (const { provider, failure } of trials) if (failure) console.error(`Not measured on "${provider}": ${failure}.`)
  const timed = trials.filter(({ liveMs }) => liveMs !== undefined && liveMs < hopelessMs)
  for (const { provider, liveMs } of trials)
    if (liveMs >= hopelessMs)
      console.error(`Not measured on "${provider}": ${Math.round(liveMs)} ms for one sum tell of a software driver.`)
  const rows = timed.map((trial) => ({ trial, bench: bench(trial.provider, model) }))
  console.log(`${device}, ${rows[0].bench.processes} processes\n`)
  console.log(table(rows.map(ownRow).concat(peerRows(rows[0].bench.transformerLens))))
  return 0
})

function bench(provider, model) {
  console.error(`Measuring on "${provider}" …`)
  return json(['bench', '--provider', provider, ...model]).result
}

/** What a command writes with `--json`. */
function json(args) {
  const folder = mkdtempSync(join(tmpdir(), 'carryscope-gpu-'))
  const path = join(folder, 'result.json')
  try {
    const { status, stderr } = spawnSync(process.execPath, cliCommand([...args, '--json', path]), { encoding: 'utf8' })
    if (status !== 0) throw new Error(stderr.trim())
    return JSON.parse(readFileSync(path, 'utf8'))
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
}

/** Every sum is evaluated by a kernel for the CPU alone; on another provider it would go at the rate of many sums. */
function ownRow({ trial: { provider, maxDifference }, bench }) {
  const { sweepMs, oneSumMs, sumsPerSecond, exhaustiveSumsPerSecond } = bench
  const every = provider === 'cpu' ? exhaustiveSumsPerSecond : null
  return [`Carryscope, ${provider}`, oneSumMs, sweepMs, sumsPerSecond, every, maxDifference]
}

function peerRows(peer) {
  if (peer.absent) {
    console.error(peer.absent)
    return []
  }
  return peer.devices.map(({ device, oneSumMs, sweepMs, sumsPerSecond, difference }) => {
    return [`TransformerLens ${peer.version}, ${device}`, oneSumMs, sweepMs, sumsPerSecond, null, difference]
  })
}

function table(rows) {
  const head = ['on', 'one sum, ms', 'sweep, ms', 'many sums, per second', 'every sum, per second and core', 'apart by']
  const cells = rows.map(([name, one, sweep, many, every, apart]) => [
    name,
    one.toFixed(2),
    sweep.toFixed(0),
    whole(many),
    every === null ? '–' : whole(every),
    apart === 0 ? '0' : apart.toExponential(0),
  ])
  return [head, ['---', ...head.slice(1).map(() => '---:')], ...cells].map((row) => `| ${row.join(' | ')} |`).join('\n')
}

function whole(rate) {
  return Math.round(rate).toLocaleString('en')
}
