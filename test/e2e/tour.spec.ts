import { expect, test } from '../support/carryscope'

test('the tour checks its claims on the open model, and its keys go through them', async ({ carryscope: { page } }) => {
  await page.getByRole('switch', { name: 'H0.2 Out' }).waitFor()
  await page.keyboard.press('Alt+t')
  const tour = page.getByRole('main', { name: 'Tour' })
  const claims = tour.getByRole('list', { name: 'Claims' }).getByRole('listitem')
  await expect(claims).toHaveCount(19)
  const decides = claims.filter({ hasText: 'One attention step decides a column’s carry.' })
  await expect(decides).toContainText('✓ confirmed 100.0 %', { timeout: 60_000 })
  await decides.getByRole('button').click()
  await expect(tour.getByRole('region', { name: 'Claim', exact: true })).toContainText('✓ confirmed')
  await expect(tour).toContainText('npm run -s cli -- analyze hierarchy')
  await decides.getByRole('button').press('ArrowDown')
  await expect(tour.getByRole('region', { name: 'Claim', exact: true })).toContainText('log cosh')
})
