// Times the steps of a talk: `node scripts/bench-deck.mjs [--rounds N] [--model PATH] [--electron PATH]`.
//
// Both decks that come with the program are presented with a window for the Stage, from end to end by PgDn. A step is timed from the
// key's event in the speaker's window to the frame after the Stage's own window shows the next state, every panel of it drawn; it
// begins once the speaker is told that the next state is ready, as a speaker would. How long that took is told too. The windows are
// those of `serve`, or with --electron those of the desktop app as this Electron runs it.
import { parseArgs } from 'node:util'
import { bootstrap, main } from './bootstrap.mjs'
import { desktopWindow } from './desktop-window.mjs'
import { serveWindow } from './served-window.mjs'

const titles = ['How the carry moves', 'The notebook in ten minutes']
const options = { rounds: { type: 'string', default: '3' }, model: { type: 'string' }, electron: { type: 'string' } }

await main(async () => {
  const { values } = parseArgs({ options })
  await bootstrap()
  const model = values.model ? ['--model', values.model] : []
  const talk = await (values.electron ? desktopTalk(values.electron, model) : servedTalk(model))
  try {
    await talk.page.getByRole('switch', { name: 'H0.2 Out' }).waitFor()
    for (const title of titles) report(title, await present(talk, title, Number(values.rounds)))
  } finally {
    await talk.close()
  }
  return 0
})

/** The speaker's window, and how it gets one for the Stage. */
async function servedTalk(args) {
  const { browser, address, close } = await serveWindow(args)
  const page = await browser.newPage({ viewport: { width: 1440, height: 900 } })
  await page.goto(address)
  const openStage = async () => {
    const opened = page.context().waitForEvent('page')
    await page.keyboard.press('Alt+Shift+P')
    const stage = await opened
    await stage.setViewportSize({ width: 1920, height: 1080 })
    return stage
  }
  return { page, openStage, close }
}

async function desktopTalk(electron, args) {
  const { app, page, close } = await desktopWindow(electron, args)
  // The app asks Electron for its displays; a machine that measures has one or none.
  await app.evaluate(({ screen }) => {
    screen.getAllDisplays = () => [0, 1920].map((x, id) => ({ id, bounds: { x, y: 0, width: 1920, height: 1080 } }))
  })
  const openStage = async () => {
    const opened = app.waitForEvent('window')
    await page.keyboard.press('Alt+P')
    return opened
  }
  return { page, openStage, close }
}

/** Presents a deck so many times in one talk, and gives every step but the first. */
async function present({ page, openStage }, title, rounds) {
  await page.keyboard.press('Control+k')
  await page.keyboard.type(`open deck ${title}`)
  await page.keyboard.press('Enter')
  const stage = await openStage()
  await stage.locator('.deck[data-shown="1"]').waitFor()
  for (const window of [page, stage]) await window.evaluate(watchSteps)
  const steps = []
  for (let round = 0; round < rounds; round++) {
    await page.keyboard.press('Home')
    await stage.locator('.deck[data-shown="1"]').waitFor()
    while (!(await page.getByText('The end', { exact: true }).isVisible())) {
      const waited = performance.now()
      await page.locator('.ready[data-ready="true"]').waitFor()
      const ready = performance.now() - waited
      await stage.evaluate(() => globalThis.steps.watch())
      await page.keyboard.press('PageDown')
      const pressed = await page.evaluate(() => globalThis.steps.pressed)
      steps.push({ ready, took: (await stage.evaluate(() => globalThis.steps.shown)) - pressed })
    }
  }
  const closed = stage.waitForEvent('close')
  await page.keyboard.press('Escape')
  await closed
  return steps
}

function report(title, steps) {
  const sorted = (name) => steps.map((step) => step[name]).toSorted((a, b) => a - b)
  const at = (all, share) => all[Math.min(Math.floor(share * all.length), all.length - 1)].toFixed(0)
  const [took, ready] = [sorted('took'), sorted('ready')]
  console.log(
    `${title}, ${steps.length} steps, from key to last panel on the Stage: p50 ${at(took, 0.5)} ms, p95 ${at(took, 0.95)} ms, ` +
      `longest ${at(took, 1)} ms; the next state was ready after p50 ${at(ready, 0.5)} ms, longest ${at(ready, 1)} ms`,
  )
}

/** In both pages: when a key was pressed, and when the Stage showed another state, in milliseconds of the same clock. */
function watchSteps() {
  const time = (stamp) => performance.timeOrigin + stamp
  const steps = {
    pressed: 0,
    shown: null,
    watch: () => {
      steps.shown = new Promise((resolve) => {
        const deck = document.querySelector('.deck')
        const before = deck.dataset.shown
        const observer = new MutationObserver(() => {
          if (deck.dataset.shown === before) return
          observer.disconnect()
          requestAnimationFrame(() => setTimeout(() => resolve(time(performance.now()))))
        })
        observer.observe(deck, { attributes: true })
      })
    },
  }
  if (!globalThis.steps)
    addEventListener('keydown', (event) => (globalThis.steps.pressed = time(event.timeStamp)), true)
  globalThis.steps = steps
}
