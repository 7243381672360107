// Packs the built app for Linux around a stand-in for Electron's files, so that what an installer holds can be looked at, installed
// and started where Electron's binary cannot be had: prints the folder. With `--deb` also the .deb, made by `scripts/fpm-deb.mjs`
// in place of fpm. The executable hands over to what CARRYSCOPE_STUB_EXEC names, with the path of the package's resources.
import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { bootstrap, main, newest, once } from './bootstrap.mjs'
import { root, tool } from './tool.mjs'

/** The marker before Electron's fuses, then their version, their number, and the states that Electron 45 comes with. */
const fuseWire = 'dL7pKGdnNz796PbbjQWNKmHXBZaB9tsX\u{1}\u{9}' + '101100011'
const launcher = '#!/bin/sh\nexec "$CARRYSCOPE_STUB_EXEC" "$(dirname "$(readlink -f "$0")")/resources" "$@"\n'
const inputs = [
  'out',
  'models',
  'resources',
  'electron-builder.yml',
  'package.json',
  'THIRD-PARTY-NOTICES.md',
  'scripts',
]

await main(async () => {
  await bootstrap()
  const deb = process.argv.includes('--deb')
  const output = join(root, '.carryscope', deb ? 'packaged-deb' : 'packaged')
  const stamp = join(output, 'stamp')
  const isStale = () =>
    !existsSync(stamp) || statSync(stamp).mtimeMs < Math.max(...inputs.map((one) => newest(join(root, one))))
  await once(deb ? 'package-deb.lock' : 'package.lock', isStale, async () => {
    rmSync(output, { recursive: true, force: true })
    const code = await pack(output, deb)
    if (code !== 0) throw new Error(`electron-builder ended with code ${code}; its output above says why.`)
    writeFileSync(stamp, '')
  })
  const debs = readdirSync(output).filter((name) => name.endsWith('.deb'))
  console.log(join(output, deb ? (debs[0] ?? '') : 'linux-unpacked'))
  return 0
})

function pack(output, deb) {
  const electron = join(output, 'electron')
  stubElectron(electron)
  const config = ['-c.deb.compression=gz', `-c.electronDist=${electron}`, `-c.directories.output=${output}`]
  // What packs must be found again byte by byte, whenever it is packed.
  const env = { ...process.env, CUSTOM_FPM_PATH: join(root, 'scripts/fpm-deb.mjs') }
  return tool('electron-builder', ['--linux', deb ? 'deb' : 'dir', '--x64', '--publish', 'never', ...config], {
    stdio: ['ignore', 2, 2],
    env,
  })
}

/** Of Electron's own files those whose names matter to a package. */
function stubElectron(folder) {
  mkdirSync(join(folder, 'locales'), { recursive: true })
  mkdirSync(join(folder, 'resources'))
  writeFileSync(join(folder, 'electron'), launcher + fuseWire, { mode: 0o755 })
  const { version } = JSON.parse(readFileSync(join(root, 'node_modules/electron/package.json'), 'utf8'))
  const texts = {
    version,
    'chrome-sandbox': launcher,
    LICENSE: 'Electron',
    'LICENSES.chromium.html': 'Chromium',
    'locales/en-US.pak': '',
  }
  for (const [name, text] of Object.entries(texts)) writeFileSync(join(folder, name), text)
}
