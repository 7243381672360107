// Times the map of every sum: `node scripts/bench-failures.mjs [--seconds N] [--model PATH]`.
//
// Opens the Failures workspace with nothing kept, twice. First it looks at the map's pixels: when the first cell was coloured, and when
// all were but those under a label. Then it looks at nothing for so many seconds and tells how long the page's tasks took meanwhile,
// by the clock and in time of its own processor, which others on the machine do not lengthen, and how much memory each process has,
// beside what an empty page has.
import { parseArgs } from 'node:util'
import { bootstrap, main } from './bootstrap.mjs'
import { childrenOf, memoryOf, nameOf, pidOfPage } from './process-memory.mjs'
import { serveWindow } from './served-window.mjs'

await main(async () => {
  const { values } = parseArgs({ options: { seconds: { type: 'string', default: '20' }, model: { type: 'string' } } })
  await bootstrap()
  const args = values.model ? ['--model', values.model] : []
  const { first, all, cells } = await opened(args, async (page) => {
    await page.evaluate(goToFailures)
    return page.evaluate(coloured)
  })
  console.log(`of ${cells} cells the first was coloured after ${first} ms, the last after ${all} ms`)
  await opened(args, async (page, { server, browser }) => {
    await browser.startTracing(page, { categories: ['disabled-by-default-devtools.timeline'] })
    await page.evaluate(goToFailures)
    await page.waitForTimeout(1000 * Number(values.seconds))
    const tasks = tasksIn(JSON.parse(String(await browser.stopTracing())))
    for (const [what, field] of [
      ['by the clock', 'dur'],
      ['in processor time', 'tdur'],
    ]) {
      const long = tasks.map((task) => Math.round(task[field] / 1000)).filter((ms) => ms >= 50)
      console.log(`tasks of the page from 50 ms on in ${values.seconds} s, ${what}: ${long.join(', ') || 'none'} ms`)
    }
    const pid = await pidOfPage(page, browser)
    const rows = { 'the page': memoryOf(pid) }
    const client = await page.context().newCDPSession(page)
    await client.send('HeapProfiler.collectGarbage')
    await page.waitForTimeout(1000)
    rows['the same, its garbage collected'] = memoryOf(pid)
    rows['an empty page'] = await emptyPage(browser)
    for (const id of [server.pid, ...childrenOf(server.pid)]) rows[`${nameOf(id)} (${id})`] = memoryOf(id)
    console.log('Memory, MiB:')
    console.table(
      Object.fromEntries(
        Object.entries(rows).map(([name, row]) => [
          name,
          Object.fromEntries(Object.entries(row).map(([field, mib]) => [field, Math.round(mib)])),
        ]),
      ),
    )
  })
  return 0
})

/** Goes to the workspace in a window of its own, and gives what `look` finds there. */
async function opened(args, look) {
  const window = await serveWindow(args)
  try {
    const page = await window.browser.newPage({ viewport: { width: 1440, height: 900 } })
    await page.goto(window.address)
    await page.getByRole('button', { name: 'Failures', exact: true }).waitFor()
    await page.waitForTimeout(2000)
    return await look(page, window)
  } finally {
    await window.close()
  }
}

/** What a page of the same browser has without anything on it. */
async function emptyPage(browser) {
  const page = await browser.newPage({ viewport: { width: 1440, height: 900 } })
  await page.goto('data:text/html,')
  await page.waitForTimeout(1000)
  return memoryOf(await pidOfPage(page, browser))
}

/** In the page. */
function goToFailures() {
  globalThis.began = performance.now()
  Array.from(document.querySelectorAll('nav button'))
    .find(({ textContent }) => textContent === 'Failures')
    .click()
}

/** The tasks of the page's main thread in a trace, in microseconds. */
function tasksIn({ traceEvents }) {
  const main = traceEvents.filter(({ name, args }) => name === 'thread_name' && args.name === 'CrRendererMain')
  return traceEvents.filter(
    ({ name, pid, tid }) => name === 'RunTask' && main.some((thread) => thread.pid === pid && thread.tid === tid),
  )
}

/**
 * In the page: looks at the map in every frame, until its cells are all of one colour each. It looks at few pixels, so that it takes
 * no time from what it times.
 */
async function coloured() {
  const side = 50
  // Labels lie over some; they are not looked through.
  const covered = 0.06
  const since = () => Math.round(performance.now() - globalThis.began)
  let first = null
  for (;;) {
    await new Promise((resolve) => requestAnimationFrame(() => setTimeout(resolve)))
    const canvas = document.querySelector('[data-map] canvas')
    if (!canvas || canvas.width === 0) continue
    const ratio = canvas.width / canvas.clientWidth
    const [left, top] = [29, 29]
    const cell = Math.floor(Math.min(canvas.clientWidth - left - 45, canvas.clientHeight - top - 17) / side)
    const { data, width } = canvas.getContext('2d').getImageData(0, 0, canvas.width, canvas.height)
    const pixels = new Uint32Array(data.buffer)
    const at = (x, y) => pixels[Math.round(y * ratio) * width + Math.round(x * ratio)]
    const isFilled = (index) => {
      const [x, y] = [left + (index % side) * cell, top + Math.floor(index / side) * cell]
      const color = at(x + 2, y + 2)
      // Hatching crosses every row and every column of a cell.
      for (let along = 3; along < cell - 2; along++)
        if (at(x + along, y + 2) !== color || at(x + 2, y + along) !== color) return false
      return true
    }
    let filled = 0
    for (let index = 0; index < side * side; index++) if (isFilled(index)) filled++
    if (filled > 0) first ??= since()
    if (since() > 60_000) throw new Error(`After a minute ${filled} of ${side * side} cells are coloured.`)
    if (filled > (1 - covered) * side * side) return { first, all: since(), cells: side * side }
  }
}
