import { mkdirSync, readFileSync } from 'node:fs'
import { dirname } from 'node:path'
import type { TextStore } from '../core/text-store'
import { writeWhole } from './whole-file'

/** A small text in a file, written whole or not at all; its folder is made where there is none. */
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
