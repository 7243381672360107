import { AxeBuilder } from '@axe-core/playwright'
import type { Page } from '@playwright/test'
import { expect, test } from '../support/carryscope'

/** What axe finds wrong, each with the element that it is about. */
async function findings(page: Page): Promise<string[]> {
  const { violations } = await new AxeBuilder({ page }).setLegacyMode().analyze()
  return violations.flatMap(({ id, nodes }) => nodes.map((node) => `${id}: ${node.html}`))
}

for (const colorScheme of ['light', 'dark'] as const) {
  test(`nothing on the start screen or in Explore bars anyone, ${colorScheme}`, async ({ carryscope, checkpoint }) => {
    const { page } = carryscope
    await page.emulateMedia({ colorScheme })
    expect(await findings(page)).toEqual([])
    await carryscope.openModel(checkpoint)
    await page.getByRole('switch', { name: 'H0.2 Out' }).click()
    // Values that are being asked for again are dimmed for as long.
    await expect(page.getByRole('region', { name: 'Carry classes' }).getByRole('row', { name: /→/ })).not.toHaveCount(0)
    await expect(page.locator('.stale, .dim')).toHaveCount(0)
    expect(await findings(page)).toEqual([])
  })
}
