/** In the page: remembers every task of its main thread of 50 ms and more. */
export function watchTasks() {
  globalThis.tasks = []
  const observer = new PerformanceObserver((list) => {
    for (const { duration } of list.getEntries()) globalThis.tasks.push(duration)
  })
  observer.observe({ type: 'longtask' })
}

/** What was remembered since it was last asked, in words. */
export async function tasksText(page) {
  const tasks = await page.evaluate(() => globalThis.tasks.splice(0))
  if (tasks.length === 0) return 'none'
  return `${tasks.length}, longest ${Math.max(...tasks).toFixed(0)} ms`
}
