// Times the window: `node scripts/bench-window.mjs [--edits N] [--toggles N] [--quiet] [--long N] [--busy] [--model PATH]`.
//
// An edit is a digit typed into the sum with two interventions on, while statistics over a million sums stream in, or with
// `--quiet` none; a toggle flips a third switch. Either is timed from the key's event to the frame that shows the last panel
// about this sum; the engine's share is what the status line says of it. The processor's time is told beside the clock's,
// which other programs lengthen, and the page's tasks of 50 ms and more. `--busy` keeps every core occupied meanwhile; `--long N`
// makes N more edits and tells what is held after 1000 of them and after all, in MiB.
import { spawn } from 'node:child_process'
import { availableParallelism } from 'node:os'
import { parseArgs } from 'node:util'
import { bootstrap, main } from './bootstrap.mjs'
import { tasksText, watchTasks } from './long-tasks.mjs'
import { processorTime } from './processor-time.mjs'
import { serveWindow } from './served-window.mjs'
import { watchPanels } from './watch-panels.mjs'
import { memoryOverEdits } from './window-memory.mjs'

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
    await page.addInitScript(watchTasks)
    const sums = values.quiet ? 1000 : 1_000_000
    await page.goto(`${window.address}#carryscope:1?${state}&sums=${sums}`)
    await page.evaluate(() => globalThis.panels.drawn())
    console.log(`first live result: ${(performance.now() - window.started).toFixed(0)} ms after the start of serve`)
    await page.getByRole('spinbutton', { name: 'A0' }).focus()
    await press(page, 20, digit)
    await measured('from key to frame', page, window, () => press(page, Number(values.edits), digit))
    if (Number(values.toggles) > 0) {
      await page.getByRole('switch', { name: /^H1\.0 V/ }).focus()
      await measured('from toggle to frame', page, window, () => press(page, Number(values.toggles), () => 'Enter'))
      await page.getByRole('spinbutton', { name: 'A0' }).focus()
    }
    if (Number(values.long) > 0) await reportMemory(page, window.server.pid, Number(values.long))
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
  await tasksText(page)
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
  console.log(`  tasks of 50 ms and more: ${await tasksText(page)}`)
}

/** What the window holds after a thousand edits, as many as its history keeps, and after many more. */
async function reportMemory(page, serverPid, count) {
  const [before, after] = await memoryOverEdits(page, serverPid, [1000, count])
  for (const [what, first] of Object.entries(before)) {
    const growth = ((after[what] / first - 1) * 100).toFixed(1)
    if (what !== 'edits') console.log(`${what}: ${first.toFixed(1)} to ${after[what].toFixed(1)}, ${growth} %`)
  }
}

function keepBusy() {
  return spawn(process.execPath, ['-e', 'for (;;);'], { stdio: 'ignore' })
}
