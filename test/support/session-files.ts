import type { Carryscope } from './carryscope'

/** Saves the session as a person would: in the system's dialog, or as a download. */
export async function saveSession({ page, app }: Carryscope, path: string): Promise<void> {
  await app?.evaluate(({ dialog }, filePath) => {
    dialog.showSaveDialog = () => Promise.resolve({ canceled: false, filePath })
  }, path)
  const download = app ? null : page.waitForEvent('download')
  await page.keyboard.press('Control+s')
  await (await download)?.saveAs(path)
}

/** Opens a session file as a person would: from the menu, in the system's dialog or the browser's. */
export async function openSession({ page, app }: Carryscope, path: string): Promise<void> {
  await app?.evaluate(({ dialog }, filePath) => {
    dialog.showOpenDialog = () => Promise.resolve({ canceled: false, filePaths: [filePath] })
  }, path)
  const chooser = app ? null : page.waitForEvent('filechooser')
  await page.getByRole('button', { name: 'View', exact: true }).click()
  await page.getByRole('menuitem', { name: 'Open session…' }).click()
  await (await chooser)?.setFiles(path)
}
