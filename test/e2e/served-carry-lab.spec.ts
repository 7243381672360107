import { readFileSync } from 'node:fs'
import { expect, test } from '../support/carryscope'
import { pressUntilFocused } from '../support/keyboard'

// Only a browser hands a download to the test: Electron asks a person where to save.

test('the bench’s figures are saved by keyboard, with the command that gives their numbers', async ({
  carryscope: { page },
}) => {
  await page.getByRole('switch', { name: 'H0.2 Out' }).waitFor()
  await page.keyboard.press('Alt+l')
  await expect(page.getByRole('region', { name: 'What each digit does' }).getByRole('rowheader').first()).toBeAttached({
    timeout: 60_000,
  })
  const save = async (menu: string, item: string): Promise<[string, string]> => {
    await pressUntilFocused(page, 'Tab', page.getByRole('button', { name: `${menu}: more` }))
    await page.keyboard.press('Enter')
    const download = page.waitForEvent('download')
    await pressUntilFocused(page, 'ArrowDown', page.getByRole('menuitem', { name: item }))
    await page.keyboard.press('Enter')
    const saved = await download
    return [saved.suggestedFilename(), readFileSync(await saved.path(), 'utf8')]
  }
  const [name, svg] = await save('Transplant bench', 'Save as SVG')
  expect(name).toMatch(/^transplant-C1.*\.svg$/)
  expect(svg).toContain('same carry in (control)')
  const [, map] = await save('Map of sites', 'Save as SVG')
  expect(map).toMatch(/^<svg|^<\?xml/)
  const [, classes] = await save('Classes', 'Save as CSV')
  expect(classes.split('\r\n')[0]).toBe('this sum,donor,moved [share],pairs')
})
