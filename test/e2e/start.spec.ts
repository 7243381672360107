import { expect, test } from '../support/carryscope'

test('without a model, the screen asks for one', async ({ carryscope, complaints }) => {
  await expect(carryscope.page.getByRole('heading', { name: 'Open a model' })).toBeVisible()
  await expect(carryscope.page.getByRole('button', { name: 'Choose a file…' })).toBeEnabled()
  expect(complaints).toEqual([])
})
