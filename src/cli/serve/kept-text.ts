import { mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs'
import { dirname } from 'node:path'
import type { KeptText } from '../../shared/kept-trials'

/** A small text in a file, written whole and then moved into place. */
export function keptText(path: string): KeptText {
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
      writeFileSync(`${path}.part`, text)
      renameSync(`${path}.part`, path)
    },
  }
}
