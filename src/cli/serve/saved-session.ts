import { mkdirSync, renameSync, writeFileSync } from 'node:fs'
import { readFile } from 'node:fs/promises'
import { homedir } from 'node:os'
import { dirname, join } from 'node:path'

/** Where a served page's session is kept. */
export function sessionPath(): string {
  return join(stateFolder(), 'session.json')
}

/** Where is kept what execution providers did on this machine. */
export function providersPath(): string {
  return join(stateFolder(), 'providers.json')
}

/** The user's folder for state, as the platform has it. */
function stateFolder({ env, platform } = process): string {
  const fallback = platform === 'win32' ? join(homedir(), 'AppData', 'Local') : join(homedir(), '.local', 'state')
  const folder = platform === 'win32' ? env['LOCALAPPDATA'] : env['XDG_STATE_HOME']
  return join(folder || fallback, 'carryscope')
}

/** The saved session, or null where there is none. */
export async function loadSession(path: string): Promise<string | null> {
  return readFile(path, 'utf8').catch(() => null)
}

/**
 * Written whole and then moved into place, so that a crash leaves the old session or the new one, never half of one; and at
 * once, so that of two pages that save at the same time neither moves the other's draft away.
 */
export function saveSession(path: string, json: string): void {
  mkdirSync(dirname(path), { recursive: true })
  writeFileSync(`${path}.part`, json)
  renameSync(`${path}.part`, path)
}
