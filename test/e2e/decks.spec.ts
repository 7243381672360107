import type { Page } from '@playwright/test'
import { expect, test, type Carryscope } from '../support/carryscope'
import { presentInTwoWindows, seen } from '../support/talk'

const states = 9

/** Opens one of the decks that come with the program, by keyboard. */
async function openDeck(page: Page, title: string): Promise<void> {
  await page.getByRole('switch', { name: 'H0.2 Out' }).waitFor()
  await page.keyboard.press('Control+k')
  await page.keyboard.type(`open deck ${title}`)
  await page.keyboard.press('Enter')
  await expect(page.getByRole('textbox', { name: 'Title of the deck' })).toHaveValue(title)
}

async function kill(carryscope: Carryscope): Promise<void> {
  const engine = carryscope.enginePid()
  process.kill(engine, 'SIGKILL')
  await expect.poll(() => engineOrNone(carryscope)).not.toBe(engine)
}

function engineOrNone(carryscope: Carryscope): number | null {
  try {
    return carryscope.enginePid()
  } catch {
    return null
  }
}

for (const title of ['How the carry moves', 'The notebook in ten minutes'])
  test(`“${title}” from end to end by keyboard, with the engine killed between two states`, async ({
    carryscope,
    complaints,
  }) => {
    const { page } = carryscope
    await openDeck(page, title)
    const stage = await presentInTwoWindows(carryscope)
    const presenter = page.getByRole('main', { name: 'Presenter' })
    await expect(seen(stage, 1)).toBeVisible({ timeout: 60_000 })
    for (let state = 2; state <= states; state++) {
      await expect(presenter.getByText('✓ computed, ready')).toBeVisible({ timeout: 60_000 })
      if (state === 4) await kill(carryscope)
      await page.keyboard.press(state % 2 === 0 ? 'PageDown' : 'Space')
      await expect(seen(stage, state)).toBeVisible()
      await expect(seen(page, state)).toBeVisible()
      // What is prepared out of sight may still wait.
      await expect(seen(stage, state).getByText('Waiting for the first answer…')).toHaveCount(0)
      await expect(seen(stage, state).getByRole('alert')).toHaveCount(0)
    }
    await expect(presenter.getByText('The end')).toBeVisible()
    await page.keyboard.press('PageDown')
    await expect(seen(stage, states)).toBeVisible()
    await page.keyboard.press('Home')
    await expect(seen(stage, 1)).toBeVisible()
    const closed = stage.waitForEvent('close')
    await page.keyboard.press('Escape')
    await closed
    await expect(page.getByRole('main', { name: 'Decks' })).toBeVisible()
    expect(complaints).toEqual([])
  })

test('a clicker, a typed sum, reset, black, spotlight and clock act in both windows, and F5 loads nothing', async ({
  carryscope,
}) => {
  const { page } = carryscope
  await openDeck(page, 'How the carry moves')
  const stage = await presentInTwoWindows(carryscope)
  await expect(seen(stage, 1)).toBeVisible({ timeout: 60_000 })
  const sum = (window: Page) => seen(window, 1).getByRole('spinbutton', { name: 'A0' })

  await sum(page).focus()
  await page.keyboard.type('1')
  await expect(sum(stage)).toHaveText('1')
  await page.keyboard.press('Tab')
  await page.evaluate(() => (document.activeElement as HTMLElement).blur())
  await page.keyboard.press('r')
  await expect(sum(stage)).toHaveText('2')

  await page.keyboard.press('1')
  await expect(seen(stage, 1).locator('.lit')).toHaveAttribute('aria-label', 'Sum')
  await page.keyboard.press('0')
  await expect(seen(stage, 1).locator('.lit')).toHaveCount(0)

  await page.keyboard.press('.')
  await expect(seen(stage, 1)).toBeHidden()
  await page.keyboard.press('b')
  await expect(seen(stage, 1)).toBeVisible()

  await page.keyboard.press('k')
  await expect(page.getByRole('button', { name: 'Go on K' })).toBeVisible()
  await page.keyboard.press('F5')
  await expect(page.getByRole('button', { name: 'Go on K' })).toBeVisible()
  await stage.keyboard.press('k')
  await expect(page.getByRole('button', { name: 'Pause clock K' })).toBeVisible()

  // What has the focus may be the Stage's window: a clicker works there too.
  await expect(page.getByText('✓ computed, ready')).toBeVisible({ timeout: 60_000 })
  await stage.keyboard.press('PageDown')
  await expect(seen(page, 2)).toBeVisible()
  await stage.keyboard.press('PageUp')
  await expect(seen(page, 1)).toBeVisible()
})

test('the Stage’s window may be closed and opened again: it shows what is on', async ({ carryscope }) => {
  const { page } = carryscope
  await openDeck(page, 'How the carry moves')
  const stage = await presentInTwoWindows(carryscope)
  await expect(seen(stage, 1)).toBeVisible({ timeout: 60_000 })
  await expect(page.getByText('✓ computed, ready')).toBeVisible({ timeout: 60_000 })
  await page.keyboard.press('PageDown')
  await expect(seen(stage, 2)).toBeVisible()
  await stage.close({ runBeforeUnload: false })
  const again = page.getByRole('button', { name: 'Open the Stage again' })
  const opened = carryscope.app ? carryscope.app.waitForEvent('window') : page.context().waitForEvent('page')
  await again.press('Enter')
  await expect(seen(await opened, 2)).toBeVisible({ timeout: 60_000 })
})

test('on one display the Stage stands alone, with the notes for as long as N is held', async ({
  carryscope: { page },
}) => {
  await openDeck(page, 'How the carry moves')
  await page.keyboard.press('Alt+p')
  await expect(seen(page, 1)).toBeVisible({ timeout: 60_000 })
  await expect(page.getByRole('region', { name: 'Notes of this state' })).toHaveCount(0)
  await page.keyboard.down('n')
  await expect(page.getByRole('region', { name: 'Notes of this state' })).toContainText('Say what is on the screen')
  // Text that a box without height cuts off counts as visible.
  const box = await page.getByRole('region', { name: 'Notes of this state' }).boundingBox()
  expect(box!.height).toBeGreaterThan(40)
  await page.keyboard.up('n')
  await expect(page.getByRole('region', { name: 'Notes of this state' })).toHaveCount(0)
  await page.keyboard.press('Escape')
  await expect(page.getByRole('main', { name: 'Decks' })).toBeVisible()
})
