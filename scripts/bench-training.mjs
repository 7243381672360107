// Times the film of a training: `node scripts/bench-training.mjs [--rounds N] [--speed N]`.
//
// Goes through the bundled model's states, to and fro, so many a second, with every figure of the Train workspace on screen
// and its answers known, and tells how long the frames took: from the key to the frame after what it changed was drawn, and the same in
// time of the page's own processor, which others on the machine do not lengthen.
import { parseArgs } from 'node:util'
import { bootstrap, main } from './bootstrap.mjs'
import { serveWindow } from './served-window.mjs'

await main(async () => {
  const { values } = parseArgs({
    options: { rounds: { type: 'string', default: '6' }, speed: { type: 'string', default: '10' } },
  })
  await bootstrap()
  const window = await serveWindow([])
  try {
    const page = await window.browser.newPage({ viewport: { width: 1440, height: 900 } })
    await page.goto(window.address)
    await page.getByRole('switch', { name: 'H0.2 Out' }).waitFor()
    await page.keyboard.press('Alt+r')
    const film = page.getByRole('listbox', { name: 'Checkpoints' })
    await film.waitFor()
    const states = await film.getByRole('option').count()
    await page.getByText('% moved by one site').waitFor({ timeout: 300_000 })
    await page.keyboard.press('Home')
    const client = await page.context().newCDPSession(page)
    await client.send('Performance.enable', { timeDomain: 'threadTicks' })
    const frames = await scrub(page, client, states, Number(values.rounds), 1000 / Number(values.speed))
    for (const [what, of] of [
      ['from key to frame', ({ total }) => total],
      ['of it the page’s own work', ({ own }) => own],
    ])
      console.log(`${what}, ${frames.length} states of ${states}: ${told(frames.map(of))}`)
  } finally {
    await window.close()
  }
  return 0
})

/** Goes to the end and back again and again, and times every step. */
async function scrub(page, client, states, rounds, every) {
  const frames = []
  for (let round = 0; round < rounds; round++) {
    const key = round % 2 === 0 ? '.' : ','
    for (let step = 1; step < states; step++) {
      const began = performance.now()
      const before = await busy(client)
      const total = await page.evaluate(timed, key)
      frames.push({ total, own: (await busy(client)) - before })
      await new Promise((resolve) => setTimeout(resolve, Math.max(0, every - (performance.now() - began))))
    }
  }
  return frames
}

/** In the page: presses a key and waits until the frame after it is done, ms. */
function timed(key) {
  const start = performance.now()
  const target = document.querySelector('main[aria-label="Train"]')
  target.dispatchEvent(new KeyboardEvent('keydown', { key, code: '', bubbles: true, cancelable: true }))
  return new Promise((resolve) =>
    requestAnimationFrame(() => requestAnimationFrame(() => setTimeout(() => resolve(performance.now() - start)))),
  )
}

/** What the page's main thread has worked so far, ms. */
async function busy(client) {
  const { metrics } = await client.send('Performance.getMetrics')
  return 1000 * metrics.find(({ name }) => name === 'TaskDuration').value
}

function told(times) {
  const sorted = times.toSorted((one, other) => one - other)
  const at = (share) => sorted[Math.min(Math.floor(share * sorted.length), sorted.length - 1)].toFixed(1)
  return `p50 ${at(0.5)} ms, p95 ${at(0.95)} ms, longest ${at(1)} ms`
}
