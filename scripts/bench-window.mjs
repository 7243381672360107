// Times the window: `node scripts/bench-window.mjs [--edits N] [--toggles N] [--quiet] [--long N] [--busy] [--model PATH]`.
//
// An edit is a digit typed into the sum with two interventions on, while statistics over a million sums stream in, or with
// `--quiet` none; a toggle flips a third switch. Either is timed from the key's event to the frame that shows the last panel
// about this sum; the engine's share is what the status line says of it. The processor's time is told beside the clock's,
// which other programs lengthen. `--busy` keeps every core occupied meanwhile; `--long N` makes N more edits and tells how
// much memory they took.
import { spawn } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { availableParallelism } from 'node:os'
import { parseArgs } from 'node:util'
import { bootstrap, main } from './bootstrap.mjs'
import { processorTime } from './processor-time.mjs'
import { serveWindow } from './served-window.mjs'
import { watchPanels } from './watch-panels.mjs'

const state = 'sum=2968+1606&cut=H0.2:result:mean&cut=H1.1:k:mean'
const digit = (page) => page.evaluate(() => globalThis.panels.nextDigit())

await main(async () => {
  const { values } = parseArgs({
    options: {
      edits: { type: 'string', default: '200' },
      toggles: { type: 'string', default: '0' },
      quiet: { type: 'boolean', default: false },
      long: { type: 'string', default: '0' },
      busy: { type: 'boolean', default: false },
      model: { type: 'string' },
    },
  })
  await bootstrap()
  const window = await serveWindow(values.model ? ['--model', values.model] : [])
  const others = values.busy ? Array.from({ length: availableParallelism() }, keepBusy) : []
  try {
    const page = await window.browser.newPage({ viewport: { width: 1440, height: 900 } })
    await page.addInitScript(watchPanels)
    const sums = values.quiet ? 1000 : 1_000_000
    await page.goto(`${window.address}#carryscope:1?${state}&sums=${sums}`)
    await page.evaluate(() => globalThis.panels.drawn(0))
    console.log(`first live result: ${(performance.now() - window.started).toFixed(0)} ms after the start of serve`)
    await page.getByRole('spinbutton', { name: 'A0' }).focus()
    await press(page, 20, digit)
    await measured('from key to frame', page, window, () => press(page, Number(values.edits), digit))
    if (Number(values.toggles) > 0) {
      await page.getByRole('switch', { name: /^H1\.0 V/ }).focus()
      await measured('from toggle to frame', page, window, () => press(page, Number(values.toggles), () => 'Enter'))
      await page.getByRole('spinbutton', { name: 'A0' }).focus()
    }
    if (Number(values.long) > 0) await reportGrowth(page, window.server.pid, Number(values.long))
  } finally {
    for (const other of others) other.kill()
    await window.close()
  }
  return 0
})

/** Presses keys and waits for what each changes to be drawn. */
async function press(page, count, keyOf) {
  const edits = []
  for (let index = 0; index < count; index++) {
    await page.keyboard.press(await keyOf(page))
    edits.push(await page.evaluate(() => globalThis.panels.drawn()))
    await page.waitForTimeout(20 + (index % 7) * 5)
  }
  return edits
}

async function measured(what, page, { server }, work) {
  const before = await processorTime(page, server.pid)
  const edits = await work()
  const after = await processorTime(page, server.pid)
  const of = (name) => edits.map((one) => one[name]).sort((one, other) => one - other)
  const at = (sorted, share) => sorted[Math.min(Math.floor(share * sorted.length), sorted.length - 1)].toFixed(1)
  const spread = (name) => `p50 ${at(of(name), 0.5)} ms, p95 ${at(of(name), 0.95)} ms`
  console.log(
    `${what}, ${edits.length} times: ${spread('total')}, longest ${at(of('total'), 1)} ms; ` +
      `to the last paint ${spread('painting')}; the engine's share ${spread('engine')}`,
  )
  const each = Object.keys(after).map((name) => `${name} ${((after[name] - before[name]) / edits.length).toFixed(2)}`)
  console.log(`  ms of processor time each: ${each.join(', ')}`)
}

async function reportGrowth(page, serverPid, count) {
  const client = await page.context().newCDPSession(page)
  const measure = async () => {
    // What one collection finds unused only the next gives back.
    for (let collections = 0; collections < 3; collections++) {
      await client.send('HeapProfiler.collectGarbage')
      await page.waitForTimeout(200)
    }
    const { usedSize } = await client.send('Runtime.getHeapUsage')
    return { page: usedSize / 2 ** 20, server: residentMiB(serverPid) }
  }
  // The history keeps a thousand steps: what comes before that is no growth.
  await page.evaluate((edits) => globalThis.panels.type(edits), 1500)
  const before = await measure()
  await page.evaluate((edits) => globalThis.panels.type(edits), count)
  const after = await measure()
  for (const where of ['page', 'server']) {
    const growth = ((after[where] / before[where] - 1) * 100).toFixed(1)
    console.log(
      `${count} edits, ${where}: ${before[where].toFixed(1)} MiB to ${after[where].toFixed(1)} MiB, ${growth} %`,
    )
  }
}

function residentMiB(pid) {
  return Number(/VmRSS:\s+(\d+)/.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))[1]) / 1024
}

function keepBusy() {
  return spawn(process.execPath, ['-e', 'for (;;);'], { stdio: 'ignore' })
}
