import { isAbsolute } from 'node:path'
import type { TextStore } from '../core/text-store'

const most = 8

/** The models and sessions opened last, newest first, kept as a JSON list of paths. */
export class RecentFiles {
  #paths: readonly string[]

  constructor(private readonly file: TextStore) {
    this.#paths = parsePaths(file.read())
  }

  get paths(): readonly string[] {
    return this.#paths
  }

  add(path: string): void {
    if (this.#paths[0] === path) return
    this.#paths = [path, ...this.#paths.filter((other) => other !== path)].slice(0, most)
    try {
      this.file.write(JSON.stringify(this.#paths))
    } catch {
      // Remembered for as long as the app runs: a list for convenience is not worth a sentence.
    }
  }
}

function parsePaths(json: string | null): readonly string[] {
  try {
    const paths: unknown = JSON.parse(json ?? '[]')
    return Array.isArray(paths) ? [...new Set(paths.filter(isPath))].slice(0, most) : []
  } catch {
    return []
  }
}

/** Of a list that another program may have spoilt, what can be the path of a file. */
function isPath(value: unknown): value is string {
  return typeof value === 'string' && isAbsolute(value) && value.length <= 4096 && !value.includes('\0')
}
