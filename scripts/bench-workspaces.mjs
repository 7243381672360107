// Counts what each workspace draws with and how long its tasks are: `node scripts/bench-workspaces.mjs [--size 1440x900]
// [--edits 20] [--sums 1000] [--clean] [--show NAME …]`. Each is opened in a window of its own, edited, left and come back to; told are its ECharts instances and canvases,
// on screen or scrolled away, and the tasks of the page's main thread of 50 ms and more; of the lab also how long after a toggle its
// bench draws the first shares, and its tasks meanwhile. `--clean` has no intervention act.
import { parseArgs } from 'node:util'
import { bootstrap, main } from './bootstrap.mjs'
import { tasksText, watchTasks } from './long-tasks.mjs'
import { serveWindow } from './served-window.mjs'
import { toggleTimes } from './toggle-times.mjs'
import { workspaceKeys } from './workspace-keys.mjs'

const bench = 'sum=2968+1606&focus=C1&from=1863+0888&site=H0.2@B2&site=H0.1@B3'
const toggles = 10

await main(async () => {
  const { values } = parseArgs({
    options: {
      size: { type: 'string', default: '1440x900' },
      edits: { type: 'string', default: '20' },
      sums: { type: 'string', default: '1000' },
      clean: { type: 'boolean', default: false },
      show: { type: 'string', multiple: true, default: Object.keys(workspaceKeys) },
    },
  })
  const state = `${bench}&sums=${values.sums}${values.clean ? '' : '&cut=H0.2:result:mean'}`
  await bootstrap()
  const [width, height] = values.size.split('x').map(Number)
  const window = await serveWindow([])
  console.log('| workspace | ECharts | other canvases | 50 ms and more: start | opening | typing | coming back |')
  console.log('|---|---:|---:|---|---|---|---|')
  try {
    for (const name of values.show) {
      const key = workspaceKeys[name]
      const page = await window.browser.newPage({ viewport: { width, height } })
      await page.addInitScript(watchTasks)
      await page.goto(`${window.address}#carryscope:1?${state}`)
      await page.getByRole('switch', { name: 'H0.2 Out' }).waitFor()
      await settled(page)
      const start = await tasksText(page)
      await page.keyboard.press(key)
      await settled(page)
      const opening = await tasksText(page)
      const { charts, canvases } = await page.evaluate(counted, name)
      const typing = await afterTyping(page, Number(values.edits))
      const toggled = name === 'lab' ? await toggleTimes(page, toggles) : []
      await settled(page)
      const toggling = await tasksText(page)
      await page.keyboard.press(name === 'stage' ? key : 'Alt+e')
      await settled(page)
      await page.evaluate(() => globalThis.tasks.splice(0))
      await page.keyboard.press(key)
      await settled(page)
      const back = await tasksText(page)
      console.log(`| ${name} | ${charts} | ${canvases} | ${start} | ${opening} | ${typing} | ${back} |`)
      if (toggled.length > 0)
        console.log(
          `Toggle to first shares, ${toggles} times: median ${toggled[toggles / 2].toFixed(0)} ms, ` +
            `longest ${toggled.at(-1).toFixed(0)} ms; tasks of 50 ms and more: ${toggling}`,
        )
      // Whichever was shown last is what the next page begins with.
      if (name === 'stage') await page.keyboard.press(key)
      await page.keyboard.press('Alt+e')
      await page.getByText('Saved', { exact: true }).waitFor()
      await page.close()
    }
  } finally {
    await window.close()
  }
  return 0
})

/** The long tasks while digits are typed, where there is a sum to type into. */
async function afterTyping(page, edits) {
  const cell = page.locator('[aria-label="A0"]:visible').first()
  if ((await cell.count()) === 0) return '–'
  await cell.focus()
  for (let edit = 0; edit < edits; edit++) {
    await page.keyboard.press(String(1 + (edit % 4)))
    await page.waitForTimeout(120)
  }
  await settled(page)
  return tasksText(page)
}

/** In the page: of the workspace that is looked at, not of those that were left. */
function counted() {
  const places = [...document.querySelectorAll('.workspace:not(.away)')]
  const within = (selector) =>
    (places.length > 0 ? places : [document]).flatMap((at) => [...at.querySelectorAll(selector)])
  const charts = within('[_echarts_instance_]').length
  return { charts, canvases: within('canvas').filter((canvas) => !canvas.closest('[_echarts_instance_]')).length }
}

/** Waits until nothing is missing, being asked for, or about an earlier question. */
async function settled(page) {
  await page.waitForTimeout(400)
  await page.waitForFunction((busy) => !document.querySelector(busy), '.dim, .stale, [aria-busy="true"]', {
    timeout: 60_000,
  })
  await page.waitForTimeout(400)
}
