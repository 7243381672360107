// `npm start`: opens the app. Where Electron cannot be had, says so and serves the same window to a browser.
import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { bootstrap, main } from './bootstrap.mjs'
import { cliCommand } from './cli-command.mjs'
import { run } from './run.mjs'
import { root } from './tool.mjs'

await main(async () => {
  await bootstrap()
  const args = process.argv.slice(2)
  const reason = hasDisplay() ? null : 'There is no display here'
  const electron = reason ? null : (installed() ?? (await downloaded()))
  if (electron) return run(electron, [root, ...args])
  const why = reason ?? 'Electron could not be downloaded'
  console.error(`${why}, so Carryscope is served to your browser instead: open the address below.`)
  return run(process.execPath, cliCommand(['serve', ...args]))
})

function hasDisplay() {
  const { DISPLAY, WAYLAND_DISPLAY, ELECTRON_OVERRIDE_DIST_PATH } = process.env
  return process.platform !== 'linux' || Boolean(DISPLAY || WAYLAND_DISPLAY || ELECTRON_OVERRIDE_DIST_PATH)
}

/** The Electron that is already here, or null. The package keeps the executable's name in a file beside itself. */
function installed() {
  const folder = join(root, 'node_modules/electron')
  const name = join(folder, 'path.txt')
  const executable = existsSync(name) ? readFileSync(name, 'utf8') : 'electron'
  const path = join(process.env.ELECTRON_OVERRIDE_DIST_PATH ?? join(folder, 'dist'), executable)
  return existsSync(path) ? path : null
}

async function downloaded() {
  if (process.env.ELECTRON_OVERRIDE_DIST_PATH) return null
  console.error('Fetching Electron, once …')
  const code = await run(process.execPath, [join(root, 'node_modules/electron/install.js')], { stdio: 'ignore' })
  return code === 0 ? installed() : null
}
