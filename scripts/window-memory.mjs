// How much memory a window takes over many edits.
import { readFileSync } from 'node:fs'

/**
 * Types digits and tells after so many edits in all what is held: the page's JavaScript heap, its canvases and nodes, and the
 * resident memory of its process, the server's and the engine's. Returns a row for each count.
 */
export async function memoryOverEdits(page, serverPid, counts) {
  const client = await page.context().newCDPSession(page)
  const rows = []
  let typed = 0
  for (const count of counts) {
    await page.evaluate((edits) => globalThis.panels.type(edits), count - typed)
    typed = count
    rows.push({ edits: count, ...(await held(page, client, serverPid)) })
  }
  return rows
}

async function held(page, client, serverPid) {
  // What one collection finds unused only the next gives back.
  for (let collections = 0; collections < 3; collections++) {
    await client.send('HeapProfiler.collectGarbage')
    await page.waitForTimeout(300)
  }
  const { usedSize } = await client.send('Runtime.getHeapUsage')
  const { nodes, jsEventListeners } = await client.send('Memory.getDOMCounters')
  const browser = await page.context().browser().newBrowserCDPSession()
  const { processInfo } = await browser.send('SystemInfo.getProcessInfo')
  await browser.detach()
  const renderer = Math.max(...processInfo.filter(({ type }) => type === 'renderer').map(({ id }) => residentMiB(id)))
  const [enginePid] = readFileSync(`/proc/${serverPid}/task/${serverPid}/children`, 'utf8').split(' ')
  return {
    heap: usedSize / 2 ** 20,
    'page’s process': renderer,
    server: residentMiB(serverPid),
    engine: residentMiB(Number(enginePid)),
    nodes,
    listeners: jsEventListeners,
  }
}

function residentMiB(pid) {
  return Number(/VmRSS:\s+(\d+)/.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))[1]) / 1024
}
