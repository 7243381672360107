import { spawn, type ChildProcess } from 'node:child_process'
import { once } from 'node:events'
import { join } from 'node:path'
import { chromium } from '@playwright/test'
import { askForModel, type Carryscope } from './carryscope'
import { root } from './installed'
import { engineBelow, killTree } from './processes'

/** Starts `serve` on a folder of its own for what it keeps, and opens its address in a browser. */
export async function startServed(executablePath: string, kept: string, args: readonly string[]): Promise<Carryscope> {
  const server = spawn(process.execPath, [join(root, 'out/main/cli.js'), 'serve', '--no-open', ...args], {
    cwd: root,
    env: { ...process.env, XDG_STATE_HOME: kept, LOCALAPPDATA: kept },
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  const address = await addressOf(server)
  const browser = await chromium.launch({ executablePath })
  const page = await browser.newPage({ viewport: { width: 1440, height: 844 } })
  await page.goto(address)
  return {
    page,
    app: null,
    enginePid: () => engineBelow(server.pid ?? 0),
    openModel: async (path) => {
      await askForModel(page)
      await page.getByRole('textbox', { name: 'by its path' }).fill(path)
      await page.getByRole('button', { name: 'Open', exact: true }).click()
    },
    close: async () => {
      await browser.close()
      const ended = once(server, 'exit')
      server.kill('SIGTERM')
      await ended
    },
    kill: async () => {
      const ended = once(server, 'exit')
      killTree(server.pid ?? 0)
      await ended
      await browser.close()
    },
  }
}

/** The address that `serve` prints once it listens. */
async function addressOf(server: ChildProcess): Promise<string> {
  let printed = ''
  for await (const chunk of server.stdout ?? []) {
    printed += String(chunk)
    const address = /http:\/\/127\.0\.0\.1:\d+\/\S*/.exec(printed)
    if (address) return address[0]
  }
  throw new Error(`serve ended before it printed an address; it printed "${printed}".`)
}
