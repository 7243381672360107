import { askForModel, expect, test } from '../support/carryscope'

test('the app opens with the bundled model, and reaches for nothing outside', async ({ carryscope, complaints }) => {
  const { page } = carryscope
  const asked: string[] = []
  page.on('request', (request) => asked.push(new URL(request.url()).hostname))
  await expect(page.getByText(/model sum-4digit/)).toBeVisible()
  await expect(page.getByRole('region', { name: 'Carry classes' }).getByRole('row')).not.toHaveCount(0)
  expect(asked.filter((host) => host !== '' && host !== '127.0.0.1')).toEqual([])
  expect(complaints).toEqual([])
})

test('the screen that asks for a model leads back to the one that is open', async ({ carryscope }) => {
  const { page } = carryscope
  await askForModel(page)
  await expect(page.getByRole('heading', { name: 'Open a model' })).toBeVisible()
  await page.getByRole('button', { name: 'Back to sum-4digit' }).click()
  await expect(page.getByRole('switch', { name: 'H0.0 Q' })).toBeVisible()
})
