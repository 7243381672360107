import { AxeBuilder } from '@axe-core/playwright'
import type { Page } from '@playwright/test'
import { askForModel, expect, test } from '../support/carryscope'

/** What axe finds wrong, each with the element that it is about. */
async function findings(page: Page): Promise<string[]> {
  const { violations } = await new AxeBuilder({ page }).setLegacyMode().analyze()
  return violations.flatMap(({ id, nodes }) => nodes.map((node) => `${id}: ${node.html}`))
}

for (const colorScheme of ['light', 'dark'] as const) {
  test(`nothing on the start screen or in Explore bars anyone, ${colorScheme}`, async ({ carryscope, checkpoint }) => {
    const { page } = carryscope
    await page.emulateMedia({ colorScheme })
    await askForModel(page)
    expect(await findings(page)).toEqual([])
    await carryscope.openModel(checkpoint)
    await page.getByRole('switch', { name: 'H0.2 Out' }).click()
    // Values that are being asked for again are dimmed for as long, which axe would hold against them.
    await expect(async () => expect(await findings(page)).toEqual([])).toPass({ timeout: 60_000 })
  })
}
