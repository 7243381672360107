import { existsSync } from 'node:fs'
import { join } from 'node:path'

/** The first of these that is there: what was asked for, even if it is missing; the session's; the bundled one. */
export function startModel(requested: string | null, sessionPath: string | null, modelsFolder: string): string | null {
  if (requested !== null) return requested
  const bundled = join(modelsFolder, 'sum-4digit')
  return [sessionPath, bundled].find((path) => path !== null && existsSync(path)) ?? null
}
