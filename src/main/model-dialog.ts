import { basename, dirname } from 'node:path'
import { dialog, type BrowserWindow, type OpenDialogOptions } from 'electron'

const options: OpenDialogOptions = {
  title: 'Open a model',
  buttonLabel: 'Open',
  // Only macOS has a dialog for files and folders at once; elsewhere a folder is named by the config.json in it.
  properties: process.platform === 'darwin' ? ['openFile', 'openDirectory'] : ['openFile'],
  filters: [
    {
      name: 'Models (.pt, .safetensors, or the config.json of a model folder)',
      extensions: ['pt', 'safetensors', 'json'],
    },
  ],
}

/** Asks for a model file or folder; null when the dialog was left. */
export async function pickModel(window: BrowserWindow): Promise<string | null> {
  const { canceled, filePaths } = await dialog.showOpenDialog(window, options)
  const [path] = filePaths
  if (canceled || path === undefined) return null
  return basename(path) === 'config.json' ? dirname(path) : path
}
