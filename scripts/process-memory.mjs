// How much memory processes have, from /proc, where the system has that.
import { readFileSync } from 'node:fs'

/**
 * Memory of a process in MiB: resident at most and now, and of that what no other process has, what it shares, and what it has if
 * shared pages are divided among those that share them (PSS). A browser's code alone is some 100 MiB, which all of its pages share.
 */
export function memoryOf(pid) {
  const field = (text, name) => Number(new RegExp(`^${name}:\\s+(\\d+)`, 'm').exec(text)[1]) / 1024
  const [status, maps] = ['status', 'smaps_rollup'].map((name) => readFileSync(`/proc/${pid}/${name}`, 'utf8'))
  const [resident, own] = [field(maps, 'Rss'), field(maps, 'Private_Clean') + field(maps, 'Private_Dirty')]
  return { 'at most': field(status, 'VmHWM'), resident, private: own, shared: resident - own, PSS: field(maps, 'Pss') }
}

/** The process of a page: the one that works while it is kept busy. */
export async function pidOfPage(page, browser) {
  const client = await browser.newBrowserCDPSession()
  const times = async () => {
    const { processInfo } = await client.send('SystemInfo.getProcessInfo')
    return processInfo.filter(({ type }) => type === 'renderer')
  }
  const before = await times()
  await page.evaluate(() => {
    const end = performance.now() + 300
    while (performance.now() < end);
  })
  const after = await times()
  await client.detach()
  const busy = ({ id, cpuTime }) => cpuTime - (before.find((one) => one.id === id)?.cpuTime ?? 0)
  return after.reduce((most, one) => (busy(one) > busy(most) ? one : most)).id
}

export function childrenOf(pid) {
  const own = readFileSync(`/proc/${pid}/task/${pid}/children`, 'utf8').split(' ').filter(Boolean).map(Number)
  return own.flatMap((child) => [child, ...childrenOf(child)])
}

/** A process of Node's by what it was started as. */
export function nameOf(pid) {
  const words = readFileSync(`/proc/${pid}/cmdline`, 'utf8').split('\0').filter(Boolean)
  const from = words.slice(words.findIndex((word) => word.endsWith('.js')))
  return from.map((word) => word.split('/').at(-1)).join(' ')
}
