import { execFileSync, spawnSync } from 'node:child_process'
import { existsSync, mkdtempSync, readFileSync, readdirSync, rmSync } from 'node:fs'
import { createRequire } from 'node:module'
import { tmpdir } from 'node:os'
import { join, relative, resolve } from 'node:path'
import { findChromium, root } from './installed'

/** The app packed for Linux around a stub of Electron, and what it takes to start it. */

export const canPack = process.platform === 'linux' && process.arch === 'x64'
export const needsLinux = canPack ? '' : ' (skipped: packs for Linux on x64, which this is not)'

const standIn = resolve(root, '../shared/electron-standin')
export const canStart = canPack && existsSync(standIn) && findChromium() !== null
export const needsStandIn = canStart ? '' : ' (skipped: needs Linux, Chromium and ../shared/electron-standin)'

/** The unpacked app, or the .deb: made where the one that is there is older than the build. */
export function packed(kind: 'folder' | 'deb'): string {
  const script = join(root, 'scripts/package-around-stub.mjs')
  const args = kind === 'deb' ? ['--deb'] : []
  return execFileSync(process.execPath, [script, ...args], { encoding: 'utf8', stdio: 'pipe' }).trim()
}

/** Every file below a folder, in order. */
export function filesBelow(folder: string): string[] {
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => relative(folder, join(entry.parentPath, entry.name)))
    .toSorted()
}

/** What `packaged-hook.cjs` saw. */
export interface Started {
  readonly text?: string
  readonly refused?: string
  readonly times: Readonly<Record<string, number>>
  readonly libraries: readonly string[]
  readonly writable: boolean
  readonly networks: readonly string[]
}

/** Starts an installed executable until it shows its first result, and `until` too; `around` is what it is started in. */
export function startPackaged(
  executable: string,
  { args = [], around = [], until = '' }: { args?: readonly string[]; around?: readonly string[]; until?: string } = {},
): Started {
  const folder = mkdtempSync(join(tmpdir(), 'carryscope-started-'))
  const report = join(folder, 'report.json')
  const env = {
    ...process.env,
    CARRYSCOPE_STUB_EXEC: join(root, 'test/support/stand-in-launcher.mjs'),
    CARRYSCOPE_REPORT: report,
    CARRYSCOPE_UNTIL: until,
    CARRYSCOPE_USER_DATA: join(folder, 'kept'),
  }
  try {
    const [command, ...rest] = [...around, executable, ...args]
    const { stderr } = spawnSync(command!, rest, { env, encoding: 'utf8', timeout: 50_000 })
    if (!existsSync(report)) throw new Error(`The packaged app showed no result: ${stderr}`)
    return JSON.parse(readFileSync(report, 'utf8')) as Started
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
}

/**
 * A command that runs another one without a network, with a folder that cannot be written to and with a full disk for what is kept; null
 * where this is not allowed.
 */
export function confined(readOnly: string): readonly string[] | null {
  const user = process.getuid?.() === 0 ? [] : ['--map-root-user']
  const script = [
    'mount --bind "$0" "$0" && mount -o remount,bind,ro "$0"',
    'kept="${CARRYSCOPE_USER_DATA:-/mnt}"',
    'mkdir -p "$kept" && mount -t tmpfs -o size=64k carryscope "$kept"',
    '{ head -c 1M /dev/zero >"$kept/full" 2>/dev/null || true; }',
    'exec "$@"',
  ].join(' && ')
  const command = ['unshare', ...user, '--mount', '--net', 'sh', '-c', script, readOnly]
  return spawnSync(command[0]!, [...command.slice(1), 'true']).status === 0 ? command : null
}

const ofBuilder = createRequire(join(root, 'node_modules/app-builder-lib/package.json'))

/** electron-builder.yml as its own parser reads it. */
export function builderConfig(): Record<string, unknown> {
  const { load } = ofBuilder('js-yaml') as { load: (text: string) => Record<string, unknown> }
  return load(readFileSync(join(root, 'electron-builder.yml'), 'utf8'))
}

/** Whether one of its patterns fits a path, as electron-builder decides it. */
export function fits(path: string, pattern: string): boolean {
  const { minimatch } = ofBuilder('minimatch') as {
    minimatch: (path: string, pattern: string, options: object) => boolean
  }
  return minimatch(path, pattern, { dot: true })
}
