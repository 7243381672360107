import { closeSync, fchmodSync, fsyncSync, openSync, renameSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { destinationOf } from './destination'
import { partialName, removeAbandoned } from './partial'

/**
 * Writes a file so that whoever looks, now or after a crash or a power cut, finds the old content or the new and nothing
 * between: the bytes go to a new file beside it, onto the disk, and then take its place, through links and with its
 * permissions. A pipe or a device is written to as it is. Synchronous, so that a signal waits until the file is whole and the
 * last change before a quit is kept. Throws the system's error; what was there stays then.
 */
export function writeWhole(path: string, content: string | Uint8Array): void {
  const place = destinationOf(path)
  if (place === null) {
    writeFileSync(path, content)
    return
  }
  const mode = modeOf(place)
  const partial = partialBeside(place)
  try {
    const file = openSync(partial, 'wx')
    try {
      if (mode !== null) fchmodSync(file, mode)
      writeFileSync(file, content)
      fsyncSync(file)
    } finally {
      closeSync(file)
    }
    renameSync(partial, place)
  } catch (error) {
    rmSync(partial, { force: true })
    throw error
  }
}

/** Throws the system's error where `writeWhole` could not write either. Leaves what is there as it is. */
export function checkWritable(path: string): void {
  const place = destinationOf(path)
  if (place === null) return
  modeOf(place)
  const partial = partialBeside(place)
  closeSync(openSync(partial, 'wx'))
  rmSync(partial)
}

/** A new name beside a file or folder: nobody else's. What processes that died left under theirs is removed. */
export function partialBeside(place: string): string {
  const folder = dirname(place)
  removeAbandoned(folder)
  return join(folder, partialName())
}

/** The permissions of the file at a place, null where there is none. Throws where it may not be written to, or is a folder. */
function modeOf(place: string): number | null {
  const there = statSync(place, { throwIfNoEntry: false })
  if (!there) return null
  closeSync(openSync(place, 'r+'))
  return there.mode & 0o7777
}
