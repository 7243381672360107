import { mkdirSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { app, dialog, protocol } from 'electron'
import { startApp } from './app'
import { appScheme } from './app-scheme'
import { HandedOver, ownArguments } from './handed-over'
import { checkNativeCode, expectedNativeCode } from './native-code'

const userData = process.env['CARRYSCOPE_USER_DATA']
if (userData) {
  // Electron refuses a folder that is not there.
  mkdirSync(userData, { recursive: true })
  app.setPath('userData', resolve(userData))
}
protocol.registerSchemesAsPrivileged([appScheme])

// A second start shows the first one's window: two would write over each other's session.
if (app.requestSingleInstanceLock(ownArguments())) void start(new HandedOver(app))
else app.quit()

async function start(handedOver: HandedOver): Promise<void> {
  // The libraries are read while Electron starts; so they are in memory when the engine loads them.
  const [refusal] = await Promise.all([nativeCodeRefusal(), app.whenReady()])
  if (refusal === null) {
    startApp(handedOver)
    return
  }
  dialog.showErrorBox('Carryscope was not started', refusal)
  app.exit(1)
}

/** macOS checks the signature of every library that it loads, and signing changes them. */
async function nativeCodeRefusal(): Promise<string | null> {
  if (!app.isPackaged || process.platform === 'darwin') return null
  const folder = join(process.resourcesPath, 'app.asar.unpacked/node_modules/onnxruntime-node')
  return checkNativeCode(folder, expectedNativeCode(process.platform, process.arch))
}
