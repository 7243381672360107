import { existsSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { looksLikeLink } from '../session/permalink'

/**
 * The model asked for as `--model PATH`, `--model=PATH` or in CARRYSCOPE_MODEL, as an absolute path; null without one.
 * `folder` is where the asking was done.
 */
export function requestedModel(
  argv: readonly string[],
  env: NodeJS.ProcessEnv,
  folder: string = process.cwd(),
): string | null {
  const path = optionValue(argv, '--model') ?? env['CARRYSCOPE_MODEL']
  return path ? resolve(folder, path) : null
}

/** The link or the absolute path of the session asked for as `--open TEXT` or `--open=TEXT`; null without one. */
export function requestedText(argv: readonly string[], folder: string = process.cwd()): string | null {
  const text = optionValue(argv, '--open')
  return text === undefined || looksLikeLink(text) ? (text ?? null) : resolve(folder, text)
}

function optionValue(argv: readonly string[], name: string): string | undefined {
  const at = argv.indexOf(name)
  const joined = argv.find((argument) => argument.startsWith(`${name}=`))?.slice(name.length + 1)
  return joined ?? (at < 0 ? undefined : argv[at + 1])
}

/** The first of these that is there: what was asked for, even if it is missing; the session's; the bundled one. */
export function startModel(requested: string | null, sessionPath: string | null, modelsFolder: string): string | null {
  if (requested !== null) return requested
  const bundled = join(modelsFolder, 'sum-4digit')
  return [sessionPath, bundled].find((path) => path !== null && existsSync(path)) ?? null
}
