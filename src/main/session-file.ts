import { readFileSync, statSync } from 'node:fs'
import { basename } from 'node:path'
import type { OpenedText } from '../contract/bridge'
import { BadInput } from '../core/bad-input'
import { keptText } from '../files/kept-text'
import { saveRefusal } from '../files/save-refusal'
import { systemReason } from '../files/system-reason'

/** More than any session is long. */
const longest = 5_000_000

/** Whether a path is a session file's: models are folders and files of other kinds. */
export function isSessionFile(path: string): boolean {
  return path.endsWith('.json')
}

/** What a session file holds, unchecked. Throws where it cannot be read, with one sentence. */
export function readSessionFile(path: string): OpenedText {
  try {
    const about = statSync(path)
    if (!about.isFile()) throw new Error('it is no file')
    if (about.size > longest) throw new Error('it is too long')
    return { name: basename(path), text: readFileSync(path, 'utf8') }
  } catch (error) {
    throw new BadInput(`The session "${path}" could not be opened (${systemReason(error)}); choose another file.`, {
      cause: error,
    })
  }
}

/** Saves a session; returns why that could not be done, as one sentence, or null. */
export function saveSession(path: string, json: string): string | null {
  try {
    keptText(path).write(json)
    return null
  } catch (error) {
    return saveRefusal(path, error)
  }
}
