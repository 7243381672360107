import { readFileSync, statSync } from 'node:fs'
import { basename } from 'node:path'
import type { OpenedText } from '../contract/bridge'

/** More than any session is long. */
const longest = 5_000_000

/** Whether a path is a session file's: models are folders and files of other kinds. */
export function isSessionFile(path: string): boolean {
  return path.endsWith('.json')
}

/** What a session file holds, unchecked. Throws where it cannot be read, with one sentence. */
export function readSessionFile(path: string): OpenedText {
  try {
    if (statSync(path).size > longest) throw new Error('it is too long')
    return { name: basename(path), text: readFileSync(path, 'utf8') }
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error)
    throw new Error(`The session ${path} could not be opened: ${reason}; choose another file.`, { cause: error })
  }
}
