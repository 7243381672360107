// Times the map of every sum: `node scripts/bench-failures.mjs [--seconds N] [--model PATH]`.
//
// Opens the Failures workspace with nothing kept, twice. First it looks at the map's pixels: when the first cell was coloured, and when
// all were but those under a label. Then it looks at nothing for so many seconds and tells how long the page's tasks took meanwhile,
// by the clock and in time of its own processor, which others on the machine do not lengthen, and how much memory each process has.
import { readFileSync } from 'node:fs'
import { parseArgs } from 'node:util'
import { bootstrap, main } from './bootstrap.mjs'
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
    const chromium = await (await browser.newBrowserCDPSession()).send('SystemInfo.getProcessInfo')
    const pages = chromium.processInfo.filter(({ type }) => type === 'renderer').map(({ id }) => id)
    for (const pid of [...pages, server.pid, ...childrenOf(server.pid)])
      console.log(`${memoryText(pid)}: ${nameOf(pid)}`)
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

function childrenOf(pid) {
  const own = readFileSync(`/proc/${pid}/task/${pid}/children`, 'utf8').split(' ').filter(Boolean).map(Number)
  return own.flatMap((child) => [child, ...childrenOf(child)])
}

/** What a process has had at most, and what it has now for itself, without files that are mapped and shared. */
function memoryText(pid) {
  const status = readFileSync(`/proc/${pid}/status`, 'utf8')
  const mib = (name) => Math.round(Number(new RegExp(`${name}:\\s+(\\d+)`).exec(status)[1]) / 1024)
  return `${mib('VmHWM')} MiB at most, ${mib('RssAnon')} of its own now`
}

/** A process by what it was started as. */
function nameOf(pid) {
  const words = readFileSync(`/proc/${pid}/cmdline`, 'utf8').split('\0').filter(Boolean)
  const entry = words.findIndex((word) => word.endsWith('.js'))
  return entry < 0
    ? 'the page'
    : words
        .slice(entry)
        .map((word) => word.split('/').at(-1))
        .join(' ')
}
