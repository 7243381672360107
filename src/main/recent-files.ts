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
    return Array.isArray(paths) ? paths.filter((path) => typeof path === 'string').slice(0, most) : []
  } catch {
    return []
  }
}
