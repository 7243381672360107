import { lstatSync, readlinkSync, realpathSync, statSync } from 'node:fs'
import { basename, dirname, join, resolve } from 'node:path'

/** As many links as Linux follows. */
const mostLinks = 40

/**
 * The file that a path leads to through links, absolute, even where there is none yet; null where it leads to a pipe, a
 * device or a stream of this process, which can only be written to as it is. Throws the system's error where the folder is
 * not there or the links lead in a circle.
 */
export function destinationOf(path: string): string | null {
  if (isStream(path)) return null
  let place = resolve(path)
  for (let links = 0; links < mostLinks; links++) {
    const folder = realpathSync(dirname(place))
    // A link there stands for an open stream: a file moved to where it points would not be what the stream writes.
    if (/^\/proc\b/.test(folder)) return null
    place = join(folder, basename(place))
    if (!lstatSync(place, { throwIfNoEntry: false })?.isSymbolicLink()) return place
    place = resolve(folder, readlinkSync(place))
  }
  throw Object.assign(new Error(`Too many links at "${path}".`), { code: 'ELOOP' })
}

function isStream(path: string): boolean {
  const there = statSync(path, { throwIfNoEntry: false })
  return there !== undefined && !there.isFile() && !there.isDirectory()
}
