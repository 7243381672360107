// Lays a packaged app out for a program that cannot read Electron's archives: `app.asar` becomes a folder of that name, and what Electron
// would find beside the archive is linked to there, so that native code is loaded from the package itself.
import { mkdirSync, rmSync, symlinkSync } from 'node:fs'
import { join } from 'node:path'
import asar from '@electron/asar'

/** Returns the folder that stands for the archive of the package whose `resources` these are. */
export function layOut(resources, folder) {
  const archive = join(resources, 'app.asar')
  const laidOut = join(folder, 'app.asar')
  mkdirSync(laidOut, { recursive: true })
  asar.extractAll(archive, laidOut)
  symlinkSync(join(resources, 'app.asar.unpacked'), join(folder, 'app.asar.unpacked'))
  const { header } = asar.getRawHeader(archive)
  for (const path of unpackedFiles(header.files)) {
    rmSync(join(laidOut, path))
    symlinkSync(join(resources, 'app.asar.unpacked', path), join(laidOut, path))
  }
  return laidOut
}

function unpackedFiles(files, folder = '') {
  return Object.entries(files).flatMap(([name, entry]) => {
    const path = join(folder, name)
    return entry.files ? unpackedFiles(entry.files, path) : entry.unpacked ? [path] : []
  })
}
