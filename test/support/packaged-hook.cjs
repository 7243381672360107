// Loaded into the stand-in before a packaged app, as Electron would present it: packaged, with resources of its own, and without the
// path of the app among its arguments. Writes to CARRYSCOPE_REPORT when what happened, and ends the app after its first result.
const { readFileSync, readdirSync, rmSync, writeFileSync } = require('node:fs')
const { networkInterfaces } = require('node:os')
const { join } = require('node:path')
const { app, dialog, utilityProcess } = require('electron')

const { CARRYSCOPE_RESOURCES: resources, CARRYSCOPE_REPORT: report, CARRYSCOPE_STARTED: started } = process.env
/** A text that is waited for after the first result, before the app is ended. */
const until = process.env.CARRYSCOPE_UNTIL ?? ''
app.isPackaged = true
process.resourcesPath = resources
process.argv = [process.argv[0], ...process.argv.slice(process.argv.findIndex((one) => one.endsWith('app.asar')) + 1)]

const times = {}
const engines = []
const mark = (name) => (times[name] ??= Date.now() - Number(started))
mark('the program runs')

const { fork } = utilityProcess
utilityProcess.fork = (...args) => {
  mark('the engine is started')
  const child = fork(...args)
  engines.push(child)
  return listened(child)
}
/** Marks when the live engine was first asked something, and when it answered. */
function listened(child) {
  const { postMessage } = child
  const asked = new Map()
  child.postMessage = (message) => {
    asked.set(message?.id, message?.method)
    if (message?.method === 'explore') mark('the page asks for its sum')
    postMessage.call(child, message)
  }
  child.on('message', ({ kind, id }) => {
    if (kind !== 'result') return
    if (asked.get(id) === 'openModel') mark('the model is open')
    if (asked.get(id) === 'explore') mark('the engine answers')
  })
  return child
}

dialog.showErrorBox = (title, text) => finish({ refused: `${title}: ${text}` })
app.whenReady().then(() => mark('Electron is ready'))
app.on('browser-window-created', (_event, window) => {
  mark('the window is made')
  window.webContents.once('did-finish-load', () => {
    mark('the page is loaded')
    void whenShown(window.webContents)
  })
})

const shown = () => {
  const footer = document.querySelector('footer')?.innerText ?? ''
  return /engine [\d.]+ ms/.test(footer) ? document.body.innerText : null
}

/** Resolves when a frame of the page, with all that was to be drawn in it, is made. */
const drawn = () => new Promise((resolve) => requestAnimationFrame(() => setTimeout(resolve)))

/** In milliseconds from `since`, as `Date.now` has it: when the page's code was there, and when it was first drawn. */
const paints = (since) => {
  const from = performance.timeOrigin - since
  const script = performance.getEntriesByType('resource').find(({ name }) => name.endsWith('.js'))
  const paint = performance.getEntriesByName('first-contentful-paint')[0]
  return {
    'the page is asked for': Math.round(from),
    ...(script && { 'its code is read': Math.round(from + script.responseEnd) }),
    ...(paint && { 'it is first painted': Math.round(from + paint.startTime) }),
  }
}

async function whenShown(contents) {
  for (;;) {
    const text = await contents.executeJavaScript(`(${shown})()`)
    if (text !== null && !('the first result is shown' in times)) {
      mark('the page has the answer')
      await contents.executeJavaScript(`(${drawn})()`)
      mark('the first result is shown')
    }
    if (text?.includes(until)) {
      Object.assign(times, await contents.executeJavaScript(`(${paints})(${started})`))
      return finish({ text })
    }
    await new Promise((resolve) => setTimeout(resolve, 5))
  }
}

function finish(seen) {
  if (!report) return
  const libraries = engines.flatMap(({ pid }) => librariesOf(pid))
  writeFileSync(
    report,
    JSON.stringify({
      ...seen,
      times,
      processor: processorTimes(),
      libraries,
      writable: canWrite(),
      networks: Object.keys(networkInterfaces()),
    }),
  )
  app.quit()
}

/** Milliseconds of processor time until now: Linux counts it in hundredths of a second. */
function processorTimes() {
  const stats = readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name))
    .flatMap(statOf)
  const below = (pid) => [pid, ...stats.filter(({ parent }) => parent === pid).flatMap((child) => below(child.pid))]
  const spent = (pids) => stats.filter(({ pid }) => pids.includes(pid)).reduce((sum, { ms }) => sum + ms, 0)
  const engine = engines.flatMap(({ pid }) => (pid === undefined ? [] : below(pid)))
  const others = below(process.pid).filter((pid) => pid !== process.pid && !engine.includes(pid))
  return { 'the main process': spent([process.pid]), 'the engine': spent(engine), 'the window': spent(others) }
}

function statOf(name) {
  try {
    const [, parent, ...rest] = readFileSync(`/proc/${name}/stat`, 'utf8').split(') ').at(-1).split(' ')
    return [{ pid: Number(name), parent: Number(parent), ms: 10 * (Number(rest[9]) + Number(rest[10])) }]
  } catch {
    return []
  }
}

function librariesOf(pid) {
  if (pid === undefined) return []
  const mapped = readFileSync(`/proc/${pid}/maps`, 'utf8').match(/\S*onnxruntime\S*\.(so[.\d]*|node)$/gm)
  return [...new Set(mapped ?? [])]
}

function canWrite() {
  try {
    writeFileSync(join(resources, 'written'), '')
    rmSync(join(resources, 'written'))
    return true
  } catch {
    return false
  }
}
