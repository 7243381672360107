import { renameSync, rmSync, statSync, writeFileSync } from 'node:fs'

/**
 * Writes a file whole or not at all: beside its place first, then there, so that a full disk costs neither an earlier file
 * nor half of a new one. A pipe or a device, such as /dev/stdout, is written to as it is.
 */
export function writeWhole(path: string, text: string): void {
  const there = statSync(path, { throwIfNoEntry: false })
  if (there && !there.isFile()) {
    writeFileSync(path, text)
    return
  }
  const partial = `${path}.partial`
  try {
    writeFileSync(partial, text)
    renameSync(partial, path)
  } catch (error) {
    rmSync(partial, { force: true })
    throw error
  }
}
