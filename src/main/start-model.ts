import { existsSync } from 'node:fs'
import { join, resolve } from 'node:path'

/**
 * The model asked for as `--model PATH`, `--model=PATH` or in CARRYSCOPE_MODEL, as an absolute path; null without one.
 * `folder` is where the asking was done.
 */
export function requestedModel(
  argv: readonly string[],
  env: NodeJS.ProcessEnv,
  folder: string = process.cwd(),
): string | null {
  const at = argv.indexOf('--model')
  const joined = argv.find((argument) => argument.startsWith('--model='))?.slice('--model='.length)
  const path = joined ?? (at < 0 ? undefined : argv[at + 1]) ?? env['CARRYSCOPE_MODEL']
  return path ? resolve(folder, path) : null
}

/** The first of these that is there: what was asked for, even if it is missing; the session's; the bundled one. */
export function startModel(requested: string | null, sessionPath: string | null, modelsFolder: string): string | null {
  if (requested !== null) return requested
  const bundled = join(modelsFolder, 'sum-4digit')
  return [sessionPath, bundled].find((path) => path !== null && existsSync(path)) ?? null
}
