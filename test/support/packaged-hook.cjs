// Loaded into the stand-in before a packaged app, as Electron would present it: packaged, with resources of its own, and without the
// path of the app among its arguments. Writes to CARRYSCOPE_REPORT when what happened, and ends the app after its first result.
const { readFileSync, rmSync, writeFileSync } = require('node:fs')
const { networkInterfaces } = require('node:os')
const { join } = require('node:path')
const { app, dialog, utilityProcess } = require('electron')

const { CARRYSCOPE_RESOURCES: resources, CARRYSCOPE_REPORT: report, CARRYSCOPE_STARTED: started } = process.env
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

async function whenShown(contents) {
  for (;;) {
    const text = await contents.executeJavaScript(`(${shown})()`)
    if (text !== null) return finish({ text })
    await new Promise((resolve) => setTimeout(resolve, 5))
  }
}

function finish(seen) {
  mark('the first result is shown')
  if (!report) return
  const libraries = engines.flatMap(({ pid }) => librariesOf(pid))
  writeFileSync(
    report,
    JSON.stringify({ ...seen, times, libraries, writable: canWrite(), networks: Object.keys(networkInterfaces()) }),
  )
  app.quit()
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
