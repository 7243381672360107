import { expect, test } from '../support/carryscope'

test('the page reaches the bridge and nothing of Node or Electron', async ({ carryscope }) => {
  const seen = await carryscope.page.evaluate(() => ({
    bridge: Object.keys((window as { carryscope?: object }).carryscope ?? {}).sort(),
    leaked: ['require', 'process', 'module', 'Buffer', 'ipcRenderer', 'electron'].filter((name) => name in window),
  }))
  expect(seen.leaked).toEqual([])
  expect(seen.bridge).toEqual([
    'closeStage',
    'loadSession',
    'onCommand',
    'onMessage',
    'onNotice',
    'onOpened',
    'openStage',
    'pathOf',
    'pickModel',
    'pickSession',
    'post',
    'saveSession',
    'saveSessionAs',
  ])
})

test('the page cannot reach the network', async ({ carryscope }) => {
  const reached = await carryscope.page.evaluate(() =>
    fetch('https://example.org/').then(
      () => true,
      () => false,
    ),
  )
  expect(reached).toBe(false)
})

test('the page cannot make code from text', async ({ carryscope }) => {
  const ran = await carryscope.page.evaluate(
    () =>
      new Promise<boolean>((resolve) => {
        const script = document.createElement('script')
        script.textContent = 'window.ran = true'
        document.body.append(script)
        setTimeout(() => {
          resolve('ran' in window)
        }, 100)
      }),
  )
  expect(ran).toBe(false)
})

test("the menu's commands reach the window", async ({ carryscope, checkpoint }) => {
  const { app, page } = carryscope
  const send = (command: string) =>
    app?.evaluate(({ BrowserWindow }, id) => {
      BrowserWindow.getAllWindows()[0]?.webContents.send('command', id)
    }, command)
  await send(`open-path:${checkpoint}`)
  // Until it is open the model before it can still be cut.
  await expect(page.getByText(/model sum_model\.pt/)).toBeVisible()
  const output = page.getByRole('switch', { name: 'H0.2 Out' })
  await output.click()
  await expect(output).not.toBeChecked()
  await send('undo')
  await expect(output).toBeChecked()
  await send('redo')
  await expect(output).not.toBeChecked()
})
