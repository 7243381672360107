import { homedir } from 'node:os'
import { join } from 'node:path'

/** Where a served page's session is kept. */
export function sessionPath(): string {
  return join(stateFolder(), 'session.json')
}

/** Where is kept what execution providers did on this machine. */
export function providersPath(): string {
  return join(stateFolder(), 'providers.json')
}

/** Where the models opened last are kept. */
export function recentPath(): string {
  return join(stateFolder(), 'recent-files.json')
}

/** Where evaluations of every sum are kept. */
export function evaluationsFolder(): string {
  return join(stateFolder(), 'evaluations')
}

/** Where the folders of trainings are kept in mind. */
export function begunRunsPath(): string {
  return join(stateFolder(), 'runs.json')
}

/** The user's folder for state, as the platform has it. */
function stateFolder(): string {
  const { env, platform } = process
  const fallback = platform === 'win32' ? join(homedir(), 'AppData', 'Local') : join(homedir(), '.local', 'state')
  const folder = platform === 'win32' ? env['LOCALAPPDATA'] : env['XDG_STATE_HOME']
  return join(folder || fallback, 'carryscope')
}
