// Runs a command of an installed package without a shell, the same on every system.
import { readFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { run } from './run.mjs'

export const root = resolve(import.meta.dirname, '..')

/** The script behind a package's command: `binOf('@playwright/test', 'playwright')`. */
export function binOf(name, command = name) {
  const folder = join(root, 'node_modules', name)
  const { bin } = JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8'))
  return join(folder, typeof bin === 'string' ? bin : bin[command])
}

/** Runs a package's command in the project's folder and resolves to its exit code. */
export function tool(name, args, { command = name, ...options } = {}) {
  return run(process.execPath, [binOf(name, command), ...args], { cwd: root, ...options })
}
