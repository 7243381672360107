/** In the page: how long after the next key the shares of the lab's bench are first drawn anew, a first look or all of them, ms. */
export function watchShares() {
  const place = document.querySelector('section[aria-label="What each digit does"] .place')
  let pressed = 0
  addEventListener('keydown', ({ timeStamp }) => (pressed = timeStamp), { capture: true, once: true })
  globalThis.sharesDrawn = new Promise((resolve) => {
    let isStale = false
    const observer = new MutationObserver(() => {
      if (place.classList.contains('dim')) isStale = true
      else if (isStale) {
        observer.disconnect()
        // Until the frame is made that shows it.
        requestAnimationFrame(() => setTimeout(() => resolve(performance.now() - pressed)))
      }
    })
    observer.observe(place, { attributeFilter: ['class'] })
  })
}

/** Takes site after site of a row of the lab's map, by keyboard. Returns how long each took to its first shares, ms, sorted. */
export async function toggleTimes(page, count) {
  await page.locator('[data-site="0.0.0"]').focus()
  const times = []
  for (let toggle = 0; toggle < count; toggle++) {
    await page.evaluate(watchShares)
    await page.keyboard.press('Space')
    times.push(await page.evaluate(() => globalThis.sharesDrawn))
    await page.keyboard.press('ArrowRight')
    await page.waitForTimeout(300)
  }
  return times.sort((one, other) => one - other)
}
