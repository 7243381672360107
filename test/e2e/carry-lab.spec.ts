import { expect, test } from '../support/carryscope'

test('the carry lab is a key away and its sections step with the brackets', async ({
  carryscope: { page },
}) => {
  await page.getByRole('switch', { name: 'H0.2 Out' }).waitFor()
  await page.keyboard.press('Alt+l')
  await expect(page.getByRole('main', { name: 'Carry lab' })).toBeVisible()
  await expect(page.getByRole('radio', { name: 'Bench' })).toBeChecked()
  await page.keyboard.press(']')
  await expect(page.getByRole('region', { name: 'Needles', exact: true })).toBeVisible()
  await page.keyboard.press('[')
  await page.keyboard.press('[')
  await expect(page.getByRole('radio', { name: 'Heads together' })).toBeChecked()
})
