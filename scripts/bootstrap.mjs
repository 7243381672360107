// Makes a fresh clone usable, with nothing but Node: installs the packages and builds when either is missing or stale.
// All output goes to stderr, so that whatever runs afterwards owns stdout.
import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { run } from './run.mjs'

const root = resolve(import.meta.dirname, '..')
const at = (path) => join(root, path)
const stdio = ['ignore', 2, 2]

const sources = ['src', 'package.json', 'package-lock.json', 'tsconfig.json', 'electron.vite.config.ts']
const outputs = ['main/index.js', 'main/engine.js', 'main/cli.js', 'preload/index.js', 'renderer/index.html']

/** Installs and builds where needed. Throws with a full sentence where either fails. */
export async function bootstrap({ build = true } = {}) {
  requireNode()
  await once('install.lock', installedIsStale, install)
  if (build) await once('build.lock', builtIsStale, compile)
}

function requireNode() {
  const [major, minor] = process.versions.node.split('.').map(Number)
  if (major < 20 || (major === 20 && minor < 11))
    throw new Error(`Carryscope needs Node 20.11 or newer, but this is ${process.versions.node}: install a newer one.`)
}

function installedIsStale() {
  const installed = at('node_modules/.package-lock.json')
  return !existsSync(installed) || modified(installed) < modified(at('package-lock.json'))
}

function builtIsStale() {
  const built = outputs.map((path) => at(join('out', path)))
  if (!built.every(existsSync)) return true
  return Math.min(...built.map(modified)) < Math.max(...sources.map((path) => newest(at(path))))
}

async function install() {
  console.error('Installing the packages (npm ci) …')
  // Electron's own tools ask for a newer Node than Carryscope does; they are not used to run it.
  const ci = ['ci', '--loglevel=error']
  const npm = process.env.npm_execpath
  const code = npm?.endsWith('.js')
    ? await run(process.execPath, [npm, ...ci], { cwd: root, stdio })
    : await run('npm', ci, { cwd: root, stdio, shell: process.platform === 'win32' })
  if (code !== 0)
    throw new Error(`The packages could not be installed: npm ci ended with code ${code}; its output above says why.`)
}

async function compile() {
  console.error('Building …')
  const { tool } = await import('./tool.mjs')
  const code = await tool('electron-vite', ['build', '--logLevel', 'warn'], { stdio })
  if (code !== 0) throw new Error(`The build failed with code ${code}; its output above says why.`)
}

/** Does the work if it is needed, and lets only one process do it: commands started side by side wait for the first. */
export async function once(lockName, isNeeded, work) {
  const folder = at('.carryscope')
  const lock = join(folder, lockName)
  mkdirSync(folder, { recursive: true })
  while (isNeeded()) {
    if (!take(lock)) {
      await sleep(200)
      continue
    }
    try {
      if (isNeeded()) await work()
      return
    } finally {
      rmSync(lock, { force: true })
    }
  }
}

function take(lock) {
  try {
    writeFileSync(lock, String(process.pid), { flag: 'wx' })
    return true
  } catch {
    if (!holderLives(lock)) rmSync(lock, { force: true })
    return false
  }
}

function holderLives(lock) {
  try {
    const pid = Number(readFileSync(lock, 'utf8'))
    // Just created and not yet written: its holder is alive.
    if (!pid) return true
    process.kill(pid, 0)
    return true
  } catch (error) {
    return error.code === 'EPERM'
  }
}

/** When a file, or anything in a folder, was last changed. A folder's own time tells of removed files. */
export function newest(path) {
  const stat = statSync(path)
  if (!stat.isDirectory()) return stat.mtimeMs
  return Math.max(stat.mtimeMs, ...readdirSync(path).map((name) => newest(join(path, name))))
}

function modified(path) {
  return statSync(path).mtimeMs
}

/** Runs a command's body and turns an error into one sentence and an exit code. */
export async function main(body) {
  try {
    process.exitCode = await body()
  } catch (error) {
    console.error(error.message)
    process.exitCode = 1
  }
}
