import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from '../support/carryscope'
import { typeSum } from '../support/sum-bar'

const link = 'carryscope:1?sum=1234+4321'

test('a second start hands its link to the window that is there, and opens no other', async ({ carryscope }) => {
  const { app, page } = carryscope
  await expect(page.getByText(/model sum-4digit/)).toBeVisible()
  await app?.evaluate(({ app: electron }, text) => {
    electron.emit('second-instance', {}, ['electron', text], '/', { args: [text] })
  }, link)
  await expect(page.getByText(/truth 5555/)).toBeVisible()
  expect(await app?.evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows().length)).toBe(1)
})

test('after sleep the engine answers, and nothing is said to be lost', async ({ carryscope }) => {
  const { app, page } = carryscope
  await typeSum(page, '2968', '1606')
  await expect(page.getByText(/truth 4574/)).toBeVisible()
  const engine = carryscope.enginePid()
  await app?.evaluate(({ powerMonitor }) => powerMonitor.emit('suspend'))
  process.kill(engine, 'SIGSTOP')
  await page.getByRole('spinbutton', { name: 'A0' }).focus()
  await page.keyboard.type('12')
  process.kill(engine, 'SIGCONT')
  await app?.evaluate(({ powerMonitor }) => powerMonitor.emit('resume'))
  await page.keyboard.type('344321')
  await expect(page.getByText(/truth 5555/)).toBeVisible()
  await expect(page.getByText(/The engine stopped/)).toHaveCount(0)
  expect(carryscope.enginePid()).toBe(engine)
})

test('a window that was left on a display that is gone opens where it can be seen', async ({ start }) => {
  const first = await start()
  const kept = await first.app?.evaluate(({ app }) => app.getPath('userData'))
  await first.close()
  const bounds = { x: 9000, y: 9000, width: 900, height: 700 }
  writeFileSync(join(kept ?? '', 'window.json'), JSON.stringify({ bounds, maximized: false }))
  const { app, page } = await start()
  await expect(page.getByText(/model sum-4digit/)).toBeVisible()
  const found = await app?.evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows()[0]?.getBounds())
  expect(found).toMatchObject({ width: 1440, height: 900 })
})
