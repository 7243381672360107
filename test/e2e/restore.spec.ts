import { expect, test } from '../support/carryscope'
import { digitsOf, typeSum } from '../support/sum-bar'

test('everything is killed at once, and what was set up is there again', async ({ start }) => {
  const first = await start()
  await typeSum(first.page, '2968', '1606')
  await first.page.getByRole('switch', { name: 'H0.2 Out' }).click()
  await first.page.getByRole('switch', { name: 'H1.1 K' }).click()
  await first.page.keyboard.press('Alt+3')
  const paths = first.page.getByRole('radio', { name: 'Paths' })
  await paths.click()
  await expect(paths).toBeChecked()
  await expect(first.page.getByText('Saved', { exact: true })).toBeVisible()
  const verdict = await first.page.getByText(/✕ \d of 4 wrong/).textContent()
  await first.kill()

  const { page } = await start()
  await expect(page.getByRole('switch', { name: /^H0\.2 Out, mean/ })).not.toBeChecked()
  await expect(page.getByRole('switch', { name: /^H1\.1 K, mean/ })).not.toBeChecked()
  await expect.poll(() => digitsOf(page)).toBe('29681606')
  await expect(page.getByRole('region', { name: 'Logit attribution, C2' })).toBeVisible()
  await expect(page.getByRole('radio', { name: 'Paths' })).toBeChecked()
  await expect(page.getByText(verdict ?? '')).toBeVisible()
})

test('the engine is killed while digits are typed: the last answer stays, typing goes on, undo works', async ({
  carryscope,
}) => {
  const { page } = carryscope
  await typeSum(page, '2968', '1606')
  await page.getByRole('switch', { name: 'H0.2 Out' }).click()
  await expect(page.getByText(/✕ \d of 4 wrong/)).toBeVisible()
  await page.getByRole('spinbutton', { name: 'A0' }).focus()
  await page.keyboard.type('12')
  process.kill(carryscope.enginePid(), 'SIGKILL')
  await page.keyboard.type('344321')
  await expect(page.getByText(/The engine stopped/)).toBeVisible()
  await expect.poll(() => digitsOf(page)).toBe('12344321')
  await expect(page.getByText(/truth 5555/)).toBeVisible()
  await page.keyboard.press('Control+z')
  await expect.poll(() => digitsOf(page)).toBe('12344326')
  await expect(page.getByText(/truth 5560/)).toBeVisible()
})
