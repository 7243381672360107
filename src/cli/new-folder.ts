import { existsSync, mkdirSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { BadInput } from '../core/bad-input'

export interface NewFolder {
  /** Writes all files, or, where that fails, none. Throws BadInput then. */
  write(files: readonly { readonly path: string; readonly content: string }[]): void
}

/**
 * A folder that comes into being with all its files: they are written beside its place and moved there together. Throws
 * BadInput at once where something is at that place or nothing can be written there, so that no work is done in vain.
 */
export function newFolder(path: string): NewFolder {
  const partial = `${path}.partial`
  if (existsSync(path)) throw new BadInput(`"${path}" is there already: choose a folder that is not there yet.`)
  attempt(path, () => {
    mkdirSync(partial, { recursive: true })
    rmSync(partial, { recursive: true })
  })
  return {
    write: (files) => {
      try {
        attempt(path, () => {
          for (const file of files) {
            const place = join(partial, file.path)
            mkdirSync(dirname(place), { recursive: true })
            writeFileSync(place, file.content)
          }
          renameSync(partial, path)
        })
      } catch (error) {
        rmSync(partial, { recursive: true, force: true })
        throw error
      }
    },
  }
}

function attempt(path: string, work: () => void): void {
  try {
    work()
  } catch (error) {
    throw new BadInput(`The folder "${path}" cannot be written (${(error as Error).message}); choose another place.`)
  }
}
