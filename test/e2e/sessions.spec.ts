import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Page } from '@playwright/test'
import { expect, test } from '../support/carryscope'
import { openSession, saveSession } from '../support/session-files'
import { typeSum } from '../support/sum-bar'

let folder = ''
test.beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'carryscope-sessions-'))
})
test.afterEach(() => {
  rmSync(folder, { recursive: true, force: true })
})

const output = (page: Page) => page.getByRole('switch', { name: /^H0\.2 Out/ })
const wrong = (page: Page) => page.getByText(/✕ 3 of 4 wrong/)

async function setUp(page: Page): Promise<void> {
  await typeSum(page, '2968', '1606')
  await output(page).click()
  await expect(wrong(page)).toBeVisible()
}

/** Another state altogether, so that what comes back can only come from what was kept. */
async function change(page: Page): Promise<void> {
  await page.getByRole('button', { name: 'Clear' }).click()
  await typeSum(page, '1111', '2222')
  await expect(page.getByText(/truth 3333/)).toBeVisible()
}

test('a session goes to a file and comes back from it, and undo takes that back', async ({ carryscope }) => {
  const { page } = carryscope
  const path = join(folder, 'talk.carryscope.json')
  await setUp(page)
  await saveSession(carryscope, path)
  await expect.poll(() => existsSync(path)).toBe(true)
  await change(page)
  await openSession(carryscope, path)
  await expect(wrong(page)).toBeVisible()
  await expect(output(page)).not.toBeChecked()
  await page.keyboard.press('Control+z')
  await expect(page.getByText(/truth 3333/)).toBeVisible()
  await expect(output(page)).toBeChecked()
})

test('a session from a newer version is refused in a sentence, and nothing on screen changes', async ({
  carryscope,
}) => {
  const { page } = carryscope
  const path = join(folder, 'talk.carryscope.json')
  await setUp(page)
  await saveSession(carryscope, path)
  await expect.poll(() => existsSync(path)).toBe(true)
  const session = JSON.parse(readFileSync(path, 'utf8')) as object
  writeFileSync(path, JSON.stringify({ ...session, version: 99 }))
  await openSession(carryscope, path)
  await expect(page.getByText(/was saved by a newer Carryscope \(session version 99/)).toBeVisible()
  await expect(wrong(page)).toBeVisible()
  await expect(output(page)).not.toBeChecked()
})

test('a state is copied as text and pasted into the search', async ({ carryscope }) => {
  const { page, app } = carryscope
  if (!app) await page.context().grantPermissions(['clipboard-read', 'clipboard-write'])
  await setUp(page)
  await page.getByRole('button', { name: 'View', exact: true }).click()
  await page.getByRole('menuitem', { name: 'Copy state as text' }).click()
  await change(page)
  await page.keyboard.press('Control+k')
  await page.keyboard.press('Control+v')
  await expect(page.getByRole('option', { name: 'Open the pasted state' })).toBeVisible()
  await page.keyboard.press('Enter')
  await expect(wrong(page)).toBeVisible()
  await expect(output(page)).not.toBeChecked()
})
