#!/usr/bin/env node
// What the stub executable of a package hands over to: RESOURCES, then the app's arguments. Starts the packaged app in the stand-in
// for Electron, with `packaged-hook.cjs`, which makes the app believe that it is packaged and writes what it saw to CARRYSCOPE_REPORT.
import { spawn } from 'node:child_process'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { layOut } from './packaged-layout.mjs'

/** The stand-in's own list, which this one replaces, and the pages behind a browser's address bar: a window of Electron's has none. */
const without = ['Translate', 'MediaRouter', 'OptimizationHints', 'WebUIOmniboxPopup', 'WebUIOmniboxAimPopup']

const [resources, ...args] = process.argv.slice(2)
const standIn = resolve(import.meta.dirname, '../../../shared/electron-standin/launch.cjs')
const folder = mkdtempSync(join(tmpdir(), 'carryscope-packaged-'))
const app = layOut(resources, folder)
const env = {
  ...process.env,
  // The stand-in lets ES modules import it, which takes a thread in every process; the app has none, and Electron no such thread.
  NODE_OPTIONS: `--require=${join(import.meta.dirname, 'no-loader-thread.cjs')}`,
  CARRYSCOPE_RESOURCES: resources,
  CARRYSCOPE_STARTED: String(Date.now()),
}
const hook = join(import.meta.dirname, 'packaged-hook.cjs')
const child = spawn(process.execPath, [standIn, `--disable-features=${without.join(',')}`, '-r', hook, app, ...args], {
  env,
  stdio: 'inherit',
})
process.on('SIGTERM', () => child.kill())
child.on('exit', (code) => {
  rmSync(folder, { recursive: true, force: true })
  process.exitCode = code ?? 1
})
