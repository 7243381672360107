import type { Locator, Page } from '@playwright/test'
import type { Carryscope } from './carryscope'

/** What a window shows of a state of a deck, by its number; hidden while another is on. */
export function seen(page: Page, state: number): Locator {
  return page.locator(`.layer.seen [data-state="${state}"]`)
}

/** Begins a talk with a window for its Stage, as on two displays, and gives that window. */
export async function presentInTwoWindows({ page, app }: Carryscope): Promise<Page> {
  if (!app) {
    const opened = page.context().waitForEvent('page')
    await page.keyboard.press('Alt+Shift+p')
    return opened
  }
  await app.evaluate(({ screen }) => {
    const display = (id: number, x: number) => ({ id, bounds: { x, y: 0, width: 1920, height: 1080 } })
    screen.getAllDisplays = () => [display(1, 0), display(2, 1920)] as ReturnType<typeof screen.getAllDisplays>
  })
  const opened = app.waitForEvent('window')
  await page.keyboard.press('Alt+p')
  return opened
}
