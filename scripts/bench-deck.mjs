// Times the steps of a talk: `node scripts/bench-deck.mjs [--rounds N] [--model PATH]`.
//
// Both decks that come with the program are presented with a window for the Stage, from end to end by PgDn. A step is timed from the
// key's event in the speaker's window to the frame after the Stage's own window shows the next state, every panel of it drawn; it
// begins once the speaker is told that the next state is ready, as a speaker would. How long that took is told too.
import { parseArgs } from 'node:util'
import { bootstrap, main } from './bootstrap.mjs'
import { serveWindow } from './served-window.mjs'

const titles = ['How the carry moves', 'The notebook in ten minutes']

await main(async () => {
  const { values } = parseArgs({ options: { rounds: { type: 'string', default: '3' }, model: { type: 'string' } } })
  await bootstrap()
  const window = await serveWindow(values.model ? ['--model', values.model] : [])
  try {
    const context = await window.browser.newContext({ viewport: { width: 1440, height: 900 } })
    await context.addInitScript(watchSteps)
    const page = await context.newPage()
    await page.goto(window.address)
    await page.getByRole('switch', { name: 'H0.2 Out' }).waitFor()
    for (const title of titles) report(title, await present(page, title, Number(values.rounds)))
  } finally {
    await window.close()
  }
  return 0
})

/** Presents a deck so many times in one talk, and gives every step but the first. */
async function present(page, title, rounds) {
  await page.keyboard.press('Control+k')
  await page.keyboard.type(`open deck ${title}`)
  await page.keyboard.press('Enter')
  const opened = page.context().waitForEvent('page')
  await page.keyboard.press('Alt+Shift+P')
  const stage = await opened
  await stage.setViewportSize({ width: 1920, height: 1080 })
  await stage.locator('.deck[data-shown="1"]').waitFor()
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
  addEventListener('keydown', ({ timeStamp }) => (steps.pressed = time(timeStamp)), true)
  globalThis.steps = steps
}
