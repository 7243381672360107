import { dialog, type BrowserWindow } from 'electron'

const filters = [{ name: 'Carryscope sessions', extensions: ['json'] }]

/** Asks for a session file; null when the dialog was left. */
export async function pickSessionFile(window: BrowserWindow): Promise<string | null> {
  const { canceled, filePaths } = await dialog.showOpenDialog(window, { title: 'Open a session', filters })
  return canceled ? null : (filePaths[0] ?? null)
}

/** Asks where to save a session; null when the dialog was left. */
export async function pickSessionPlace(window: BrowserWindow): Promise<string | null> {
  const { canceled, filePath } = await dialog.showSaveDialog(window, {
    title: 'Save the session as',
    defaultPath: 'session.carryscope.json',
    filters,
  })
  return canceled || filePath === '' ? null : filePath
}
