import { _electron } from '@playwright/test'
import { askForModel, type Carryscope } from './carryscope'
import { root } from './installed'
import { engineBelow, killTree } from './processes'

/** Starts the built desktop app on a folder of its own for what it keeps. */
export async function startDesktop(electron: string, kept: string, args: readonly string[]): Promise<Carryscope> {
  const app = await _electron.launch({
    executablePath: electron,
    args: [root, ...args],
    cwd: root,
    env: { ...process.env, CARRYSCOPE_USER_DATA: kept },
  })
  const page = await app.firstWindow()
  // The window is there before its page is.
  await page.waitForFunction(() => 'carryscope' in window)
  return {
    page,
    app,
    enginePid: () => engineBelow(app.process().pid ?? 0),
    openModel: async (path) => {
      await askForModel(page)
      await app.evaluate(({ dialog }, filePath) => {
        dialog.showOpenDialog = () => Promise.resolve({ canceled: false, filePaths: [filePath] })
      }, path)
      await page.getByRole('button', { name: 'Choose a file…' }).click()
    },
    close: () => app.close(),
    kill: async () => {
      const closed = page.waitForEvent('close')
      killTree(app.process().pid ?? 0)
      await closed
    },
  }
}
