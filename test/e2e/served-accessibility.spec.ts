import { AxeBuilder } from '@axe-core/playwright'
import type { Page } from '@playwright/test'
import { askForModel, expect, test } from '../support/carryscope'

// The page is the same wherever it is shown; axe takes its time.

/** What axe finds wrong, each with the element that it is about. */
async function findings(page: Page): Promise<string[]> {
  const { violations } = await new AxeBuilder({ page }).setLegacyMode().analyze()
  return violations.flatMap(({ id, nodes }) => nodes.map((node) => `${id}: ${node.html}`))
}

/** Values that are being asked for again are dimmed for as long, which axe would hold against them. */
function expectNone(page: Page): Promise<void> {
  return expect(async () => expect(await findings(page)).toEqual([])).toPass({ timeout: 60_000 })
}

for (const colorScheme of ['light', 'dark'] as const) {
  test(`nothing on the start screen or in Explore bars anyone, ${colorScheme}`, async ({ carryscope, checkpoint }) => {
    const { page } = carryscope
    await page.emulateMedia({ colorScheme })
    await askForModel(page)
    expect(await findings(page)).toEqual([])
    await carryscope.openModel(checkpoint)
    await page.getByRole('switch', { name: 'H0.2 Out' }).click()
    await expectNone(page)
  })

  test(`nothing in what opens over Explore bars anyone, ${colorScheme}`, async ({ carryscope }) => {
    const { page } = carryscope
    await page.emulateMedia({ colorScheme })
    await page.getByRole('switch', { name: 'H0.2 Out' }).click()
    await page.getByRole('button', { name: 'H0.2: attention' }).click()
    await expectNone(page)
    await page.keyboard.press('Control+k')
    await expectNone(page)
    await page.keyboard.press('Escape')
    await page.keyboard.press('?')
    await expectNone(page)
    await page.keyboard.press('Escape')
    for (const name of ['History ▾', 'View', '1000 sums, seed 42 ▾']) {
      await page.getByRole('button', { name, exact: true }).click()
      await expectNone(page)
      await page.keyboard.press('Escape')
    }
    await page.getByRole('button', { name: /▴$/ }).click()
    await page.getByRole('dialog', { name: 'Execution providers' }).getByRole('table').waitFor()
    await expectNone(page)
  })

  test(`nothing on the Stage or in the other workspaces bars anyone, ${colorScheme}`, async ({ carryscope }) => {
    const { page } = carryscope
    await page.emulateMedia({ colorScheme })
    await page.getByRole('switch', { name: 'H0.2 Out' }).click()
    await page.keyboard.press('Alt+s')
    for (const panel of ['4 of 6', '5 of 6', '6 of 6', '1 of 6', '2 of 6', '3 of 6']) {
      await expect(page.getByText(panel)).toBeVisible()
      await expectNone(page)
      await page.keyboard.press(']')
    }
    await page.keyboard.press('Alt+s')
    for (const name of ['Weights', 'Dataset', 'Train']) {
      await page.getByRole('button', { name, exact: true }).click()
      await expectNone(page)
    }
  })
}
