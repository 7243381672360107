// Processor time of what a window is made of: a shared machine's clock says little.
import { readFileSync } from 'node:fs'

/** Linux counts a process's time in hundredths of a second. */
const ticksPerSecond = 100

/** Milliseconds of processor time until now: of the page's main thread by what it did, of its processes, and of the server's. */
export async function processorTime(page, server) {
  const [client, browser] = [await clientOf(page), await browserOf(page)]
  const { metrics } = await client.send('Performance.getMetrics')
  const metric = (name) => 1000 * metrics.find((one) => one.name === name).value
  const { processInfo } = await browser.send('SystemInfo.getProcessInfo')
  const chromium = (type) =>
    1000 * processInfo.filter((one) => one.type === type).reduce((sum, { cpuTime }) => sum + cpuTime, 0)
  const engine = Number(readFileSync(`/proc/${server}/task/${server}/children`, 'utf8').split(' ')[0])
  return {
    'main thread': metric('TaskDuration'),
    'of it scripts': metric('ScriptDuration'),
    'of it styles': metric('RecalcStyleDuration'),
    'of it layout': metric('LayoutDuration'),
    'page’s process': chromium('renderer'),
    compositor: chromium('GPU'),
    server: ofProcess(server),
    engine: ofProcess(engine),
  }
}

const clients = new WeakMap()

async function clientOf(page) {
  if (!clients.has(page)) {
    const client = await page.context().newCDPSession(page)
    await client.send('Performance.enable', { timeDomain: 'threadTicks' })
    clients.set(page, client)
  }
  return clients.get(page)
}

const browsers = new WeakMap()

async function browserOf(page) {
  if (!browsers.has(page)) browsers.set(page, await page.context().browser().newBrowserCDPSession())
  return browsers.get(page)
}

function ofProcess(pid) {
  const afterName = readFileSync(`/proc/${pid}/stat`, 'utf8').split(') ')[1].split(' ')
  return (1000 * (Number(afterName[11]) + Number(afterName[12]))) / ticksPerSecond
}
