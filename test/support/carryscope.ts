import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { test as base, type ElectronApplication, type Page } from '@playwright/test'
import { startDesktop } from './desktop'
import { findCheckpoint, findChromium, findElectron } from './installed'
import { startServed } from './served'

/** A running Carryscope, whichever way it is hosted. */
export interface Carryscope {
  readonly page: Page
  /** Electron's main process; null under `serve`. */
  readonly app: ElectronApplication | null
  enginePid(): number
  /** Opens a model as a person would, from the screen that asks for one: in the dialog, or by its path without one. */
  openModel(path: string): Promise<void>
  close(): Promise<void>
  /** Ends every process of it at once, as a power cut would. */
  kill(): Promise<void>
}

export interface CarryscopeOptions {
  readonly host: 'desktop' | 'served'
}

interface Fixtures extends CarryscopeOptions {
  /** The published checkpoint; tests that need it are skipped without it. */
  readonly checkpoint: string
  /** Starts Carryscope, again if need be: what one run kept, the next one finds. */
  readonly start: (...args: string[]) => Promise<Carryscope>
  /** A Carryscope that was started without arguments. */
  readonly carryscope: Carryscope
  /** What the page's console said that it should not have: errors, and refusals of the content policy. */
  readonly complaints: string[]
}

/** Goes to the screen that asks for a model, wherever the window is. */
export async function askForModel(page: Page): Promise<void> {
  const choose = page.getByRole('button', { name: 'Choose a file…' })
  const view = page.getByRole('button', { name: 'View', exact: true })
  await choose.or(view).waitFor()
  if (await choose.isVisible()) return
  await view.click()
  await page.getByRole('menuitem', { name: 'Open another model…' }).click()
}

const howToInstall =
  'needs a browser: install Chromium (apt-get install chromium), or name one in the environment variable CHROMIUM'

export const test = base.extend<Fixtures>({
  host: ['desktop', { option: true }],

  checkpoint: async ({ host: _ }, use) => {
    const path = findCheckpoint()
    test.skip(path === null, 'needs the published checkpoint, ../shared/reference/sum_model.pt')
    await use(path ?? '')
  },

  complaints: async ({ host: _ }, use) => {
    await use([])
  },

  start: async ({ host, complaints }, use, info) => {
    const chromium = findChromium()
    const electron = findElectron()
    test.skip(chromium === null, howToInstall)
    test.skip(host === 'desktop' && electron === null, 'needs Electron: run node node_modules/electron/install.js once')
    const kept = mkdtempSync(join(tmpdir(), 'carryscope-e2e-'))
    const running: Carryscope[] = []
    await use(async (...args) => {
      const carryscope =
        host === 'desktop'
          ? await startDesktop(electron ?? '', kept, args)
          : await startServed(chromium ?? '', kept, args)
      carryscope.page.on('console', (message) => {
        if (message.type() === 'error') complaints.push(message.text())
      })
      carryscope.page.on('pageerror', (error) => complaints.push(error.message))
      running.push(carryscope)
      return carryscope
    })
    // What the test has closed itself is gone already.
    for (const carryscope of running.filter(({ page }) => !page.isClosed())) {
      if (info.status !== info.expectedStatus)
        await info.attach('screen', { body: await carryscope.page.screenshot(), contentType: 'image/png' })
      await carryscope.close()
    }
    rmSync(kept, { recursive: true, force: true })
  },

  carryscope: async ({ start }, use) => {
    await use(await start())
  },
})

export { expect } from '@playwright/test'
