// Times the window: `node scripts/bench-window.mjs [--edits N] [--long N] [--busy] [--model PATH]`.
//
// An edit is a digit typed into the sum with two interventions on, while statistics over a million sums stream in. It is
// timed from the key's event to the frame after the last panel about this sum was drawn; the engine's share is what the
// status line says of it. `--busy` keeps every core occupied meanwhile; `--long N` makes N more edits and tells how much
// memory they took.
import { spawn } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { availableParallelism } from 'node:os'
import { parseArgs } from 'node:util'
import { bootstrap, main } from './bootstrap.mjs'
import { serveWindow } from './served-window.mjs'

const state = 'sum=2968+1606&cut=H0.2:result:mean&cut=H1.1:k:mean&sums=1000000'

await main(async () => {
  const { values } = parseArgs({
    options: {
      edits: { type: 'string', default: '200' },
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
    await page.goto(`${window.address}#carryscope:1?${state}`)
    await page.evaluate(() => globalThis.panels.drawn(0))
    console.log(`first live result: ${(performance.now() - window.started).toFixed(0)} ms after the start of serve`)
    await page.getByRole('spinbutton', { name: 'A0' }).focus()
    await edit(page, 20)
    report('from key to frame', await edit(page, Number(values.edits)))
    if (Number(values.long) > 0) await reportGrowth(page, window.server.pid, Number(values.long))
  } finally {
    for (const other of others) other.kill()
    await window.close()
  }
  return 0
})

/** Types digits and waits for each to be drawn. */
async function edit(page, count) {
  const edits = []
  for (let index = 0; index < count; index++) {
    await page.keyboard.press(await page.evaluate(() => globalThis.panels.nextDigit()))
    edits.push(await page.evaluate(() => globalThis.panels.drawn()))
    await page.waitForTimeout(20 + (index % 7) * 5)
  }
  return edits
}

function report(what, edits) {
  const of = (name) => edits.map((one) => one[name]).sort((one, other) => one - other)
  const [total, engine] = [of('total'), of('engine')]
  const at = (sorted, share) => sorted[Math.min(Math.floor(share * sorted.length), sorted.length - 1)].toFixed(1)
  console.log(
    `${what}, ${edits.length} edits: p50 ${at(total, 0.5)} ms, p95 ${at(total, 0.95)} ms, longest ${at(total, 1)} ms; ` +
      `the engine's share p50 ${at(engine, 0.5)} ms, p95 ${at(engine, 0.95)} ms`,
  )
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

/**
 * In the page: notes when the canvases that are about one sum were painted after a key: all that are not ECharts', which are
 * marked, and of those the attribution's.
 */
function watchPanels() {
  const { clearRect } = CanvasRenderingContext2D.prototype
  let typed = null
  let painted = new Set()
  let waiting = null
  addEventListener(
    'keydown',
    (event) => {
      typed = event.timeStamp
      painted = new Set()
    },
    true,
  )
  CanvasRenderingContext2D.prototype.clearRect = function (...box) {
    clearRect.apply(this, box)
    if (this.canvas.isConnected) painted.add(this.canvas)
    waiting?.()
  }
  const heading = (canvas) => canvas.closest('section')?.querySelector('h2')?.textContent ?? ''
  const isLive = (canvas) => canvas.dataset.zrDomId === undefined || heading(canvas).startsWith('Logit attribution')
  const panels = () => [...document.querySelectorAll('canvas')].filter(isLive)
  const engine = () => Number(/engine ([\d.]+) ms/.exec(document.querySelector('footer')?.textContent ?? '')?.[1])
  const frame = () => new Promise((resolve) => requestAnimationFrame(() => setTimeout(resolve)))
  const allPainted = () => panels().length >= 9 && panels().every((canvas) => painted.has(canvas))
  const allDrawn = async () => {
    while (!allPainted()) await new Promise((resolve) => (waiting = resolve))
    waiting = null
  }
  const drawn = async (start = typed) => {
    await allDrawn()
    await frame()
    return { total: performance.now() - start, engine: engine() }
  }
  // Unlike the digit that it replaces, and low enough for the first of an operand.
  const nextDigit = () => String((Number(document.activeElement.textContent) + 2) % 5)
  const type = async (count) => {
    for (let index = 0; index < count; index++) {
      document.activeElement.dispatchEvent(
        new KeyboardEvent('keydown', { key: nextDigit(), bubbles: true, cancelable: true }),
      )
      await allDrawn()
    }
  }
  globalThis.panels = { drawn, nextDigit, type }
}
