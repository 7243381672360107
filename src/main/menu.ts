import { basename } from 'node:path'
import type { MenuItemConstructorOptions } from 'electron'
import { commandText, type CommandId } from '../session/commands'
import { isSessionFile } from './session-file'

export interface MenuActions {
  /** Paths of models and of session files, newest first. */
  readonly recent: readonly string[]
  readonly send: (command: string) => void
  /** Opens a session file; asks for one where no path is given. */
  readonly openSession: (path?: string) => void
  readonly packaged: boolean
}

/**
 * The application menu. Items of our own send a command's id to the window, which does the work; it also hears the keys
 * itself, so that the accelerators are only shown here (macOS alone lets its menu take them first).
 */
export function menuTemplate({ recent, send, openSession, packaged }: MenuActions): MenuItemConstructorOptions[] {
  const item = (label: string, command: string, accelerator?: string): MenuItemConstructorOptions => ({
    label,
    ...(accelerator === undefined ? {} : { accelerator, registerAccelerator: false }),
    click: () => {
      send(command)
    },
  })
  const named = (id: CommandId): MenuItemConstructorOptions => {
    const { label, key } = commandText(id)
    return item(label, id, key?.replace('Mod', 'CmdOrCtrl'))
  }
  const separator: MenuItemConstructorOptions = { type: 'separator' }
  const isMac = process.platform === 'darwin'

  const ofSession = (label: string, path?: string): MenuItemConstructorOptions => ({
    label,
    click: () => {
      openSession(path)
    },
  })
  const recentItems = recent.map((path) => {
    const name = basename(path)
    return { ...(isSessionFile(path) ? ofSession(name, path) : item(name, `open-path:${path}`)), sublabel: path }
  })
  const file: MenuItemConstructorOptions = {
    label: '&File',
    submenu: [
      item('Open model…', 'open-model', 'CmdOrCtrl+O'),
      named('layout'),
      separator,
      ofSession('Open session…'),
      named('save-session-as'),
      named('copy-link'),
      separator,
      named('save-report'),
      named('share-tour'),
      named('share-session'),
      separator,
      { label: 'Open recent', enabled: recent.length > 0, submenu: recentItems },
      separator,
      isMac ? { role: 'close' } : { role: 'quit' },
    ],
  }
  const edit: MenuItemConstructorOptions = {
    label: '&Edit',
    submenu: [
      named('undo'),
      named('redo'),
      separator,
      { role: 'cut' },
      { role: 'copy' },
      { role: 'paste' },
      { role: 'selectAll' },
    ],
  }
  const view: MenuItemConstructorOptions = {
    label: '&View',
    submenu: [
      { role: 'resetZoom' },
      { role: 'zoomIn' },
      { role: 'zoomOut' },
      separator,
      { role: 'togglefullscreen' },
      ...(packaged ? [] : ([separator, { role: 'reload' }, { role: 'toggleDevTools' }] as const)),
    ],
  }
  const help: MenuItemConstructorOptions[] = [{ role: 'help', submenu: [named('keyboard'), named('about')] }]
  const mac: MenuItemConstructorOptions[] = isMac ? [{ role: 'appMenu' }] : []
  return [...mac, file, edit, view, { role: 'windowMenu' }, ...help]
}
