import { mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs'
import { dirname } from 'node:path'

/**
 * A small text that outlives the app. It is written whole to a second file and then moved, so that a crash leaves either
 * the old text or the new; and at once, so that the last change before a quit is kept.
 */
export class TextFile {
  constructor(readonly path: string) {}

  /** The text, or null where there is none to be read. */
  read(): string | null {
    try {
      return readFileSync(this.path, 'utf8')
    } catch {
      return null
    }
  }

  /** Throws the system's error where the folder cannot be written to. */
  write(text: string): void {
    const draft = `${this.path}.new`
    mkdirSync(dirname(this.path), { recursive: true })
    writeFileSync(draft, text, { flush: true })
    renameSync(draft, this.path)
  }
}
