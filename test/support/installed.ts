import { existsSync, readFileSync } from 'node:fs'
import { delimiter, join, resolve } from 'node:path'
import { chromium } from '@playwright/test'

/** What end-to-end tests need of the machine, found or null. */

export const root = resolve(__dirname, '../..')

/** A Chromium to show pages in: the one named by CHROMIUM, one on the path, or Playwright's own. */
export function findChromium(): string | null {
  const onPath = (process.env['PATH'] ?? '')
    .split(delimiter)
    .flatMap((folder) => ['chromium', 'chromium-browser', 'google-chrome'].map((name) => join(folder, name)))
  const candidates = [process.env['CHROMIUM'], ...onPath, chromium.executablePath()]
  return candidates.find((path) => path !== undefined && existsSync(path)) ?? null
}

/**
 * An Electron executable: in the folder that ELECTRON_OVERRIDE_DIST_PATH names, the installed one where there is a display
 * for it, or a stand-in beside the project that runs the same app without Electron's binary.
 */
export function findElectron(): string | null {
  const override = process.env['ELECTRON_OVERRIDE_DIST_PATH']
  if (override) return join(resolve(override), 'electron')
  const folder = join(root, 'node_modules/electron')
  const name = join(folder, 'path.txt')
  const hasDisplay = process.platform !== 'linux' || process.env['DISPLAY'] || process.env['WAYLAND_DISPLAY']
  const installed = hasDisplay && existsSync(name) ? join(folder, 'dist', readFileSync(name, 'utf8')) : null
  const standIn = resolve(root, '../shared/electron-standin/electron')
  return [installed, standIn].find((path) => path !== null && existsSync(path)) ?? null
}

/** The published checkpoint, or null where it is not kept beside the project. */
export function findCheckpoint(): string | null {
  const path = resolve(root, '../shared/reference/sum_model.pt')
  return existsSync(path) ? path : null
}
