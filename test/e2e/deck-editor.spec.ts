import { expect, test } from '../support/carryscope'

test('a deck is edited by keyboard, and every step of it is undone', async ({ carryscope: { page }, complaints }) => {
  await page.getByRole('switch', { name: 'H0.2 Out' }).waitFor()
  await page.keyboard.press('Alt+k')
  const states = page.getByRole('region', { name: 'States' }).getByRole('listitem')
  await expect(states).toHaveCount(9)

  await page.keyboard.press('Alt+e')
  await page.keyboard.press('Alt+3')
  await page.keyboard.press('Alt+n')
  await expect(states).toHaveCount(10)
  await expect(page.getByRole('region', { name: 'What this state sets' })).toContainText('C2')

  await page.keyboard.press('F2')
  await page.keyboard.press('Control+a')
  await page.keyboard.type('What I found')
  await page.keyboard.press('Tab')
  await expect(states.nth(1)).toContainText('What I found')
  await page.evaluate(() => (document.activeElement as HTMLElement).blur())

  await page.keyboard.press('Control+d')
  await expect(states).toHaveCount(11)
  await page.keyboard.press('Delete')
  await expect(states).toHaveCount(10)
  // The state that took the place of the removed one is chosen.
  await page.keyboard.press('Alt+ArrowUp')
  await expect(states.nth(1)).toContainText('Ablate one head')
  await expect(states.nth(2)).toContainText('What I found')
  for (let step = 0; step < 5; step++) await page.keyboard.press('Control+z')
  await expect(states).toHaveCount(9)
  await expect(states.nth(1)).toContainText('Ablate one head')
  await page.keyboard.press('Control+Shift+z')
  await expect(states).toHaveCount(10)
  expect(complaints).toEqual([])
})

test('what is typed into the picture is a change of the state, and a broken file loses nothing of it', async ({
  carryscope: { page },
}) => {
  await page.getByRole('switch', { name: 'H0.2 Out' }).waitFor()
  await page.keyboard.press('Alt+k')
  const preview = page.getByRole('region', { name: 'As projected' })
  await preview.getByRole('spinbutton', { name: 'A0' }).focus()
  await page.keyboard.type('1')
  const sets = page.getByRole('region', { name: 'What this state sets' })
  await expect(sets).toContainText('1968+1606')

  const chooser = page.waitForEvent('filechooser')
  await page.getByRole('button', { name: 'Open a deck' }).click()
  await page.getByRole('menuitem', { name: 'From a file…' }).click()
  await (
    await chooser
  ).setFiles({ name: 'broken.deck.json', mimeType: 'application/json', buffer: Buffer.from('{"version":1,"tit') })
  await expect(
    page.getByText('broken.deck.json is not a deck: it is not JSON; choose a file that Carryscope saved.'),
  ).toBeVisible()
  await expect(sets).toContainText('1968+1606')
  await page.evaluate(() => (document.activeElement as HTMLElement).blur())
  await page.keyboard.press('Control+z')
  await expect(sets).toContainText('2968+1606')
})

test('the circuit keeps its rows of heads however small it is drawn', async ({ carryscope: { page } }) => {
  await page.setViewportSize({ width: 1280, height: 720 })
  await page.getByRole('switch', { name: 'H0.2 Out' }).waitFor()
  await page.keyboard.press('Alt+k')
  const preview = page.getByRole('region', { name: 'As projected' })
  const top = async (head: string) => (await preview.getByRole('switch', { name: `${head} Out` }).boundingBox())?.y
  await expect(preview.getByRole('switch', { name: 'H0.2 Out' })).toBeVisible()
  expect(await top('H0.2')).toBe(await top('H0.0'))
  expect(await top('H1.0')).toBeGreaterThan((await top('H0.0'))!)
})
