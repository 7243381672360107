import { mkdirSync, readFileSync } from 'node:fs'
import { dirname } from 'node:path'
import type { TextStore } from '../../host/trial-store'
import { writeWhole } from '../whole-file'

/**
 * A small text in a file, written whole or not at all; and at once, so that of two pages that save at the same time neither
 * moves the other's draft away.
 */
export function keptText(path: string): TextStore {
  return {
    read: () => {
      try {
        return readFileSync(path, 'utf8')
      } catch {
        return null
      }
    },
    write: (text) => {
      mkdirSync(dirname(path), { recursive: true })
      writeWhole(path, text)
    },
  }
}
