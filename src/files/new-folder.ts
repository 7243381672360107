import {
  closeSync,
  fsyncSync,
  lstatSync,
  mkdirSync,
  openSync,
  renameSync,
  rmdirSync,
  rmSync,
  writeFileSync,
} from 'node:fs'
import { dirname, join, resolve } from 'node:path'
import { BadInput } from '../core/bad-input'
import { systemReason } from './system-reason'
import { partialBeside } from './whole-file'

/** A file of a new folder; its path is relative, with `/`. */
export interface NewFile {
  readonly path: string
  readonly content: string | Uint8Array
}

export interface NewFolder {
  /** Writes all files, or, where that fails, none. Throws BadInput then. */
  write(files: readonly NewFile[]): void
}

/**
 * A folder that comes into being with all its files: they are written to a new folder beside its place, onto the disk, and
 * moved there together. Throws BadInput at once where something is at that place or nothing can be written there, so that no
 * work is done in vain. Nothing that was there before is changed or removed.
 */
export function newFolder(path: string): NewFolder {
  const place = resolve(path)
  attempt(path, () => {
    refuseTaken(path, place)
    const probe = partialBeside(nearestBelow(place))
    mkdirSync(probe)
    rmdirSync(probe)
  })
  return {
    write: (files) => {
      attempt(path, () => {
        refuseTaken(path, place)
        mkdirSync(dirname(place), { recursive: true })
        const partial = partialBeside(place)
        mkdirSync(partial)
        try {
          for (const file of files) writeInto(partial, file)
          renameSync(partial, place)
        } catch (error) {
          rmSync(partial, { recursive: true })
          throw error
        }
      })
    },
  }
}

function refuseTaken(path: string, place: string): void {
  if (isThere(place))
    throw new BadInput(`"${path}" is there already: choose a folder that is not, so that nothing is overwritten.`)
}

/** The uppermost part of a path that is not there. */
function nearestBelow(path: string): string {
  const folder = dirname(path)
  return folder === path || isThere(folder) ? path : nearestBelow(folder)
}

function isThere(path: string): boolean {
  return lstatSync(path, { throwIfNoEntry: false }) !== undefined
}

function writeInto(folder: string, { path, content }: NewFile): void {
  const place = join(folder, path)
  mkdirSync(dirname(place), { recursive: true })
  const file = openSync(place, 'wx')
  try {
    writeFileSync(file, content)
    fsyncSync(file)
  } finally {
    closeSync(file)
  }
}

function attempt(path: string, work: () => void): void {
  try {
    work()
  } catch (error) {
    if (error instanceof BadInput) throw error
    throw new BadInput(`The folder "${path}" cannot be made (${systemReason(error)}); choose another folder.`)
  }
}
