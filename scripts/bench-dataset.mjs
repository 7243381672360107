// Times the Dataset workspace: `node scripts/bench-dataset.mjs [--sums N] [--model PATH]`.
//
// Over 10,000 sums: from the key or click that goes to the workspace, to one of its sections, or takes an intervention away, to
// the frame after each figure on screen showed its first partial result, and to the last figure's last. The longest task of the
// page's thread meanwhile is what input had to wait for at most: told in processor time, and as long as it took by the clock.
import { parseArgs } from 'node:util'
import { bootstrap, main } from './bootstrap.mjs'
import { serveWindow } from './served-window.mjs'

const interventions = ['H0.2:result:mean', 'H0.1:k:mean', 'H1.0:q:mean', 'H1.1:v:zero', 'H1.2:k:mean', 'H0.0:v:mean']

await main(async () => {
  const { values } = parseArgs({ options: { sums: { type: 'string', default: '10000' }, model: { type: 'string' } } })
  await bootstrap()
  const window = await serveWindow(values.model ? ['--model', values.model] : [])
  try {
    const page = await window.browser.newPage({ viewport: { width: 1440, height: 900 } })
    await page.addInitScript(watchFigures)
    const link = `carryscope:1?sum=2968+1606&sums=${values.sums}${interventions.map((cut) => `&cut=${cut}`).join('')}`
    await page.goto(`${window.address}#${link}`)
    await page.getByRole('switch', { name: 'H0.0 Out' }).waitFor({ timeout: 60_000 })
    await settled(page)

    const workspace = page.getByRole('main', { name: 'Dataset' })
    await time(window.browser, page, 'to the workspace', () => page.keyboard.press('Alt+d'))
    const sections = workspace.getByRole('navigation', { name: 'Sections' }).getByRole('button')
    for (const section of (await sections.all()).slice(1))
      await time(window.browser, page, `to ${await section.textContent()}`, () => section.click())
    await sections.first().click()
    await settled(page)
    for (let left = interventions.length; left > 0; left--) {
      const remove = workspace.getByRole('button', { name: /^Remove / }).first()
      await time(
        window.browser,
        page,
        `without ${(await remove.getAttribute('aria-label')).split(',')[0].slice(7)}`,
        () => remove.click(),
      )
    }
  } finally {
    await window.close()
  }
  return 0
})

async function time(browser, page, what, act) {
  await page.evaluate(() => globalThis.figures.begin())
  await browser.startTracing(page, { categories: ['toplevel'] })
  await act()
  await settled(page)
  const { cpu, clock } = longestTask(JSON.parse((await browser.stopTracing()).toString()).traceEvents)
  const { firsts, last } = await page.evaluate(() => globalThis.figures.end())
  const of = (times) => (times.length === 0 ? 'at once' : `after ${times.map((ms) => ms.toFixed(0)).join(', ')} ms`)
  console.log(
    `${what}: first partial results ${of(firsts)}, all after ${last.toFixed(0)} ms; ` +
      `longest task ${cpu.toFixed(0)} ms of processor time, ${clock.toFixed(0)} ms by the clock`,
  )
}

/** The longest task of the page's thread in a trace, in milliseconds. */
function longestTask(events) {
  const threads = events.filter(({ name, args }) => name === 'thread_name' && args.name === 'CrRendererMain')
  const isOfPage = ({ pid, tid }) => threads.some((thread) => thread.pid === pid && thread.tid === tid)
  const tasks = events.filter((event) => event.name.endsWith('RunTask') && isOfPage(event))
  const longest = (key) => Math.max(0, ...tasks.map((task) => task[key] ?? 0)) / 1000
  return { cpu: longest('tdur'), clock: longest('dur') }
}

async function settled(page) {
  await page.waitForTimeout(300)
  const isBusy = '.workspace:not(.away) :is(.dim, .stale)'
  await page.waitForFunction((busy) => !document.querySelector(busy), isBusy, { timeout: 120_000, polling: 50 })
}

/** In the page: when each figure first told its progress, which it does with its first partial result. */
function watchFigures() {
  let start = 0
  let last = 0
  let firsts = new Map()
  // A first look is an estimate, what follows counts up.
  const tellsProgress = /estimate from [\d,]+ sums| of [\d,]+ sums/
  const noteStart = ({ timeStamp }) => {
    if (start === 0) start = timeStamp
  }
  for (const type of ['keydown', 'click']) addEventListener(type, noteStart, true)
  const frame = () => new Promise((resolve) => requestAnimationFrame(() => setTimeout(resolve)))
  const isOnScreen = (panel) => {
    const { top, bottom } = panel.getBoundingClientRect()
    return bottom > 0 && top < innerHeight
  }
  const look = async () => {
    const told = [...document.querySelectorAll('.workspace:not(.away) .figure')].filter(
      (panel) => tellsProgress.test(panel.querySelector('header')?.textContent ?? '') && isOnScreen(panel),
    )
    const fresh = told.filter((panel) => !firsts.has(panel.id))
    for (const { id } of fresh) firsts.set(id, NaN)
    await frame()
    const now = performance.now()
    if (told.length > 0) last = now
    for (const { id } of fresh) firsts.set(id, now - start)
  }
  const observer = new MutationObserver(() => start > 0 && void look())
  addEventListener('DOMContentLoaded', () =>
    observer.observe(document.body, { subtree: true, childList: true, characterData: true }),
  )
  globalThis.figures = {
    begin() {
      start = last = 0
      firsts = new Map()
    },
    end: () => ({ firsts: [...firsts.values()], last: Math.max(last - start, 0) }),
  }
}
