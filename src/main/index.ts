import { mkdirSync } from 'node:fs'
import { resolve } from 'node:path'
import { app } from 'electron'
import { startApp } from './app'

const userData = process.env['CARRYSCOPE_USER_DATA']
if (userData) {
  // Electron refuses a folder that is not there.
  mkdirSync(userData, { recursive: true })
  app.setPath('userData', resolve(userData))
}

// A second start shows the first one's window: two would write over each other's session.
if (app.requestSingleInstanceLock()) void app.whenReady().then(startApp)
else app.quit()
