// Takes pictures of the window as `serve` shows it: `node scripts/screenshots.mjs OUT [--model PATH]`.
// The scene is the one that the design was drawn with: 2968+1606, H0.2's output mean-ablated, focus digit C1.
import { spawn } from 'node:child_process'
import { mkdirSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { bootstrap, main } from './bootstrap.mjs'
import { root } from './tool.mjs'

const sizes = [
  { width: 1440, height: 900 },
  { width: 1920, height: 1080 },
]

await main(async () => {
  const [out = 'screenshots', ...args] = process.argv.slice(2)
  await bootstrap()
  mkdirSync(out, { recursive: true })
  const kept = mkdtempSync(join(tmpdir(), 'carryscope-screenshots-'))
  const server = spawn(process.execPath, [join(root, 'out/main/cli.js'), 'serve', '--no-open', ...args], {
    env: { ...process.env, XDG_STATE_HOME: kept, LOCALAPPDATA: kept },
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  const { chromium } = await import('playwright-core')
  const browser = await chromium.launch({ executablePath: process.env.CHROMIUM ?? '/usr/bin/chromium' })
  try {
    const address = await firstLine(server.stdout)
    for (const viewport of sizes)
      for (const colorScheme of ['light', 'dark']) {
        const page = await browser.newPage({ viewport, colorScheme })
        await page.goto(address)
        await setScene(page)
        const path = join(out, `explore-${colorScheme}-${viewport.width}x${viewport.height}.png`)
        await page.screenshot({ path })
        console.log(path)
        await page.close()
      }
  } finally {
    await browser.close()
    server.kill()
    rmSync(kept, { recursive: true, force: true })
  }
  return 0
})

async function setScene(page) {
  await page.getByRole('spinbutton', { name: 'A0' }).focus()
  await page.keyboard.type('29681606')
  const output = page.getByRole('switch', { name: 'H0.2 Out' })
  if (await output.isChecked()) await output.click()
  await page.keyboard.press('Alt+2')
  await page.mouse.move(0, 0)
  for (const name of ['Predictions', 'Logit attribution', 'Layer 1 attention', 'Clock face', 'Loss difference'])
    await page.getByRole('region', { name }).getByRole('img').first().waitFor({ timeout: 60_000 })
  await page.getByRole('region', { name: 'Carry classes' }).getByRole('row', { name: /→/ }).first().waitFor()
  // Values that are being asked for again are dimmed.
  await page.waitForFunction(() => !document.querySelector('.dim, .stale'), undefined, { timeout: 60_000 })
  await page.waitForTimeout(500)
}

async function firstLine(stream) {
  let printed = ''
  for await (const chunk of stream) {
    printed += chunk
    if (printed.includes('\n')) return printed.split('\n')[0]
  }
  throw new Error('serve ended before it printed its address.')
}
