// The window as `serve` shows it, in a Chromium without a screen: what scripts that measure or picture it share.
import { spawn } from 'node:child_process'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { cliCommand } from './cli-command.mjs'

/** Starts `serve` with nothing kept from earlier, and the browser named in CHROMIUM or Debian's. */
export async function serveWindow(args) {
  const kept = mkdtempSync(join(tmpdir(), 'carryscope-window-'))
  const { chromium } = await import('playwright-core')
  const browser = await chromium.launch({ executablePath: process.env.CHROMIUM ?? '/usr/bin/chromium' })
  const started = performance.now()
  const server = spawn(process.execPath, cliCommand(['serve', '--no-open', ...args]), {
    env: { ...process.env, XDG_STATE_HOME: kept, LOCALAPPDATA: kept },
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  const address = await firstLine(server.stdout)
  const close = async () => {
    await browser.close()
    server.kill()
    rmSync(kept, { recursive: true, force: true })
  }
  return { address, browser, server, started, close }
}

async function firstLine(stream) {
  let printed = ''
  for await (const chunk of stream) {
    printed += chunk
    if (printed.includes('\n')) return printed.split('\n')[0]
  }
  throw new Error('serve ended before it printed its address.')
}
