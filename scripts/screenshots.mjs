// Takes pictures of the window as `serve` shows it: `node scripts/screenshots.mjs OUT [--show NAME …] [--size 1440x900 …]
// [--colors light …] [--model PATH]`. NAME is a workspace or `stage`, a size one of `sizes`, colours are `light`, `dark` or
// `forced` (as the system's high contrast, in light and in dark); everything unless named. The scene is the one that the design was
// drawn with: 2968+1606, H0.2's output mean-ablated, focus digit C1.
import { mkdirSync } from 'node:fs'
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import { bootstrap, main } from './bootstrap.mjs'
import { serveWindow } from './served-window.mjs'
import { workspaceKeys } from './workspace-keys.mjs'

const scene = 'sum=2968+1606&cut=H0.2:result:mean&focus=C1'
/** The carry lab's. */
const labScene = 'sum=2968+1606&focus=C1&from=1863+0888&site=H0.2@B2&site=H0.1@B3&lab=bench'
/** From a projector to a screen of four times as many pixels. */
const sizes = ['1280x720', '1366x768', '1440x900', '1920x1080', '3840x2160']
const colors = {
  light: { colorScheme: 'light' },
  dark: { colorScheme: 'dark' },
  forced: { colorScheme: 'light', forcedColors: 'active' },
  'forced-dark': { colorScheme: 'dark', forcedColors: 'active' },
}

await main(async () => {
  const { values, positionals } = parseArgs({
    allowPositionals: true,
    options: {
      show: { type: 'string', multiple: true, default: Object.keys(workspaceKeys) },
      size: { type: 'string', multiple: true, default: sizes },
      colors: { type: 'string', multiple: true, default: Object.keys(colors) },
      model: { type: 'string' },
    },
  })
  const [out = 'screenshots'] = positionals
  await bootstrap()
  mkdirSync(out, { recursive: true })
  const window = await serveWindow(values.model ? ['--model', values.model] : [])
  try {
    for (const show of values.show)
      for (const size of values.size)
        for (const look of values.colors) {
          const path = join(out, `${show}-${look}-${size}.png`)
          await picture(window, show, size, colors[look], path)
          console.log(path)
        }
  } finally {
    await window.close()
  }
  return 0
})

async function picture({ browser, address }, show, size, look, path) {
  const [width, height] = size.split('x').map(Number)
  const page = await browser.newPage({ viewport: { width, height }, ...look })
  await page.goto(`${address}#carryscope:1?${show === 'lab' ? labScene : scene}`)
  const first = show === 'lab' ? page.getByRole('gridcell').first() : page.getByRole('switch', { name: 'H0.2 Out' })
  await first.waitFor({ timeout: 60_000 })
  await page.keyboard.press(workspaceKeys[show])
  await settled(page)
  // The first answer counts the making of its graph; what the status line tells then is not what a person sees later.
  if (show === 'explore' || show === 'stage') await page.getByRole('button', { name: 'H0.2: attention' }).hover()
  await page.mouse.move(0, 0)
  await settled(page)
  await page.screenshot({ path })
  // Whichever was shown last is what the next page begins with.
  if (show === 'stage') await page.keyboard.press(workspaceKeys.stage)
  await page.keyboard.press(workspaceKeys.explore)
  await page.getByText('Saved', { exact: true }).waitFor()
  await page.close()
}

/** Waits until nothing is missing, being asked for, or about an earlier question. */
async function settled(page) {
  const selector = '.dim, .stale, [aria-busy="true"]'
  await page.waitForTimeout(300)
  await page.waitForFunction((busy) => !document.querySelector(busy), selector, { timeout: 60_000 })
  await page.waitForTimeout(500)
}
