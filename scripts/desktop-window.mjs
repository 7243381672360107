// The desktop app's first window, as a given Electron runs the build: for scripts that measure it.
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { root } from './tool.mjs'

/** Starts the built app with nothing kept from earlier. */
export async function desktopWindow(electron, args) {
  const kept = mkdtempSync(join(tmpdir(), 'carryscope-window-'))
  const { _electron } = await import('playwright-core')
  const app = await _electron.launch({
    executablePath: resolve(electron),
    args: [root, ...args],
    cwd: root,
    env: { ...process.env, CARRYSCOPE_USER_DATA: kept },
  })
  const close = async () => {
    await app.close()
    rmSync(kept, { recursive: true, force: true })
  }
  return { app, page: await app.firstWindow(), close }
}
