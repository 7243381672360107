import { expect, test } from '../support/carryscope'
import { analyze } from '../support/command-line'
import { typeSum, wrongMarks } from '../support/sum-bar'

test('typing a sum, cutting a head, taking it back', async ({ carryscope, checkpoint, complaints }) => {
  const { page } = carryscope
  await carryscope.openModel(checkpoint)
  await typeSum(page, '2968', '1606')
  await expect(page.getByText('✓ all 4 right')).toBeVisible()

  const output = page.getByRole('switch', { name: 'H0.2 Out' })
  await expect(output).toBeChecked()
  await output.click()
  await expect(page.getByRole('switch', { name: 'H0.2 Out, mean, all positions' })).not.toBeChecked()
  await expect(wrongMarks(page, 1)).toHaveCount(1)
  await expect(page.getByText('✓ all 4 right')).toBeHidden()

  // The carry panel and the command line tell the same loss of this sum's class.
  const { loss } = analyze('carry-classes', checkpoint, '--ablate', 'H0.2:result:mean')
  const lossOfClass = loss.data[loss.labels.pattern.indexOf('KGKG')]
  expect(lossOfClass).toBeGreaterThan(1)
  const row = page.getByRole('region', { name: 'Carry classes' }).getByRole('row', { name: /^KGKG/ })
  await expect(row).toContainText(String(Number(lossOfClass?.toPrecision(5))))

  await page.keyboard.press('Control+z')
  await expect(output).toBeChecked()
  await expect(page.getByText('✓ all 4 right')).toBeVisible()
  await expect(wrongMarks(page, 1)).toHaveCount(0)

  await page.keyboard.press('Control+Shift+z')
  await expect(output).not.toBeChecked()
  await expect(wrongMarks(page, 1)).toHaveCount(1)
  expect(complaints).toEqual([])
})

test('the engine is killed while a result is on screen', async ({ carryscope, checkpoint }) => {
  const { page } = carryscope
  await carryscope.openModel(checkpoint)
  await typeSum(page, '2968', '1606')
  await page.getByRole('switch', { name: 'H0.2 Out' }).click()
  await expect(wrongMarks(page, 1)).toHaveCount(1)

  const killed = carryscope.enginePid()
  process.kill(killed, 'SIGKILL')
  await expect(page.getByText(/The engine stopped/)).toBeVisible()
  await expect(wrongMarks(page, 1)).toHaveCount(1)
  await expect(page.getByRole('switch', { name: 'H0.2 Out' })).not.toBeChecked()

  await typeSum(page, '1234', '4321')
  await page.getByRole('switch', { name: 'H0.2 Out' }).click()
  await expect(page.getByText('✓ all 4 right')).toBeVisible()
  expect(carryscope.enginePid()).not.toBe(killed)
})

test('the session comes back after a restart', async ({ start, checkpoint }) => {
  const first = await start()
  await first.openModel(checkpoint)
  await typeSum(first.page, '2968', '1606')
  const key = first.page.getByRole('switch', { name: 'H1.1 K' })
  await key.click()
  // A change is drawn in the frame after it; until then the line still says of what was before it that it is saved.
  await expect(key).not.toBeChecked()
  await expect(first.page.getByText('Saved', { exact: true })).toBeVisible()
  await first.close()

  const { page } = await start()
  await expect(page.getByRole('switch', { name: 'H1.1 K' })).not.toBeChecked()
  await expect(page.getByRole('spinbutton', { name: 'B0' })).toHaveText('1')
  await expect(page.getByText('✓ all 4 right').or(page.getByText(/✕ \d of 4 wrong/))).toBeVisible()
})
