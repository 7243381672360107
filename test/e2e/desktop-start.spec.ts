import { expect, test } from '../support/carryscope'

test('a model asked for at the start that is not there is named, and another one asked for', async ({ start }) => {
  const { page } = await start('--model', '/no/such/model.pt')
  await expect(page.getByRole('alert')).toContainText('/no/such/model.pt')
  await expect(page.getByRole('heading', { name: 'Open a model' })).toBeVisible()
})

test('a model asked for at the start is opened', async ({ start, checkpoint }) => {
  const { page } = await start('--model', checkpoint)
  await expect(page.getByText(/model sum_model\.pt/)).toBeVisible()
})
