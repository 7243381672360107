import { webcrypto } from 'node:crypto'
import { readFile } from 'node:fs/promises'
import { join } from 'node:path'

/** SHA-256 of each native library by its path below the package, as the build found them; absent outside a build. */
declare const __NATIVE_CODE__: Readonly<Record<string, string>> | undefined

/** What the libraries of a platform have to be, by their names. */
export function expectedNativeCode(
  platform: string,
  arch: string,
  all: Readonly<Record<string, string>> = typeof __NATIVE_CODE__ === 'undefined' ? {} : __NATIVE_CODE__,
): readonly (readonly [string, string])[] {
  return Object.entries(all).filter(([path]) => path.includes(`/${platform}/${arch}/`))
}

/**
 * Compares the native libraries in `folder`, the part of the package that lies beside its archive, with what they were when it was built:
 * Electron checks the archive but not what lies beside it. Returns a sentence about the first that is not the same, or null. Libraries
 * that were added later, as for CUDA, are not looked at.
 */
export async function checkNativeCode(
  folder: string,
  expected: readonly (readonly [string, string])[],
): Promise<string | null> {
  const refusals = await Promise.all(
    expected.map(async ([path, sha256]) => {
      const found = await hashOf(join(folder, path))
      if (found === sha256) return null
      const what = found === null ? 'is missing' : 'is not the one that Carryscope was built with'
      return `The library "${join(folder, path)}" ${what}: install Carryscope again.`
    }),
  )
  return refusals.find((refusal) => refusal !== null) ?? null
}

/** Computed on a thread of its own, so that Electron starts meanwhile; null where there is no such file. */
async function hashOf(path: string): Promise<string | null> {
  try {
    const digest = await webcrypto.subtle.digest('SHA-256', await readFile(path))
    return Buffer.from(digest).toString('hex')
  } catch {
    return null
  }
}
