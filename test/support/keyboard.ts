import type { Locator, Page } from '@playwright/test'

/** Presses a key until the focus is on an element: Tab to go from region to region, an arrow inside one. */
export async function pressUntilFocused(page: Page, key: string, element: Locator): Promise<void> {
  await element.waitFor()
  for (let presses = 0; presses < 80; presses++) {
    if (await isFocused(element)) return
    await page.keyboard.press(key)
  }
  throw new Error(`"${key}" does not lead to ${String(element)}.`)
}

/** Whether an element has the focus, shown as such. */
export function isFocused(element: Locator): Promise<boolean> {
  return element.evaluate((node) => node === document.activeElement && node.matches(':focus-visible'))
}
