import { open, rename, rm } from 'node:fs/promises'

/**
 * Writes a file so that whoever looks, now or after a crash, finds the old content or the new and nothing between: the bytes
 * go to a second file, onto the disk, and then take the first one's place.
 */
export async function writeAtomically(path: string, content: Uint8Array | string): Promise<void> {
  const partial = `${path}.partial`
  try {
    const file = await open(partial, 'w')
    try {
      await file.writeFile(content)
      await file.sync()
    } finally {
      await file.close()
    }
    await rename(partial, path)
  } catch (error) {
    await rm(partial, { force: true })
    throw error
  }
}
