import { once } from 'node:events'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { WebSocketRoute } from '@playwright/test'
import { expect, test } from '../support/carryscope'
import { randomModelFolder } from '../support/model-folder'
import { connectPage, startServe, type RunningServe } from '../support/serve-client'
import { digitsOf, typeSum } from '../support/sum-bar'

const question = { sum: { a: 2968, b: 1606 }, interventions: [] }

test.describe('without a browser', () => {
  let serve: RunningServe
  let state: string
  const begin = async (...args: string[]) => {
    state = mkdtempSync(join(tmpdir(), 'carryscope-windows-'))
    serve = await startServe(args, { env: { ...process.env, XDG_STATE_HOME: state } })
  }
  test.afterEach(async () => {
    await serve.stop()
    rmSync(state, { recursive: true, force: true })
  })

  test("two windows have a model each, and neither shows the other's", async () => {
    await begin()
    const other = randomModelFolder()
    const [one, two] = [connectPage(serve.url), connectPage(serve.url)]
    const bundled = (await one.engine.call('status', {})).model
    const before = await one.engine.call('explore', question)
    expect((await two.engine.call('status', {})).model?.sha256).toBe(bundled?.sha256)
    const opened = await two.engine.call('openModel', { source: { path: other.path } })
    expect(opened.sha256).not.toBe(bundled?.sha256)
    expect((await one.engine.call('status', {})).model?.sha256).toBe(bundled?.sha256)
    const after = await one.engine.call('explore', question)
    expect(after.clean.logits.data).toEqual(before.clean.logits.data)
    const sweep = { id: 'performance', params: { dataset: { size: 50, seed: 1 } } } as const
    expect(await one.engine.call('analyze', sweep)).not.toEqual(await two.engine.call('analyze', sweep))
    other.remove()
  })

  test('a fifth window is refused in a sentence, until one of four is closed', async () => {
    await begin()
    const pages = Array.from({ length: 4 }, () => connectPage(serve.url))
    for (const { engine } of pages) await engine.call('status', {})
    const fifth = connectPage(serve.url)
    await expect(fifth.engine.call('status', {})).rejects.toThrow('was not answered')
    expect(fifth.notices.join()).toContain('4 windows are open on this Carryscope already')
    pages[0]!.socket().terminate()
    const next = () => connectPage(serve.url).engine.call('status', {})
    await expect
      .poll(() =>
        next().then(
          ({ model }) => model !== null,
          () => false,
        ),
      )
      .toBe(true)
  })

  test('a page whose connection was cut finds its own engine again, with its model open', async () => {
    await begin()
    const other = randomModelFolder()
    const page = connectPage(serve.url)
    const { sha256 } = await page.engine.call('openModel', { source: { path: other.path } })
    page.socket().terminate()
    await once(page.socket(), 'close')
    expect(page.notices.join()).toContain('The connection to Carryscope was lost')
    expect((await page.engine.call('status', {})).model?.sha256).toBe(sha256)
    other.remove()
  })

  test('a provider that is not there is told in the terminal and in the page', async () => {
    await begin('--provider', 'cuda')
    const page = connectPage(serve.url)
    await expect
      .poll(() => page.notices.join(), { timeout: 60_000 })
      .toContain('The execution provider "cuda" cannot be used')
    expect(serve.told()).toMatch(/The execution provider "cuda" cannot be used: .+\. The CPU computes instead\./)
  })
})

test('what was typed last survives a reload; while the connection is gone nothing old stands undimmed, and Retry works', async ({
  carryscope,
}) => {
  const { page } = carryscope
  let reachable = true
  const sockets: WebSocketRoute[] = []
  await page.routeWebSocket(/\/socket/, (route) => {
    if (!reachable) return void route.close()
    route.connectToServer()
    sockets.push(route)
  })
  // Left at once: what was typed waits to be saved.
  await typeSum(page, '1234', '4321')
  await page.reload()
  await expect.poll(() => digitsOf(page)).toBe('12344321')
  await typeSum(page, '2968', '1606')
  await expect(page.getByText('✓ all 4 right')).toBeVisible()
  reachable = false
  for (const socket of sockets) await socket.close()
  await expect(page.getByText(/The connection to Carryscope was lost/).first()).toBeVisible()
  await typeSum(page, '1234', '4321')
  const panel = page.getByRole('region', { name: 'Predictions' })
  await expect(panel.getByRole('alert')).toContainText('the connection to Carryscope was lost')
  await expect(panel.locator('.content')).toHaveClass(/dim/)

  // What was never opened was read while there was a server, and opens without one.
  await page.route(/\/assets\//, (route) => route.abort())
  await page.keyboard.press('Alt+w')
  await expect(page.getByRole('main', { name: 'Weights' })).toBeVisible()
  await page.keyboard.press('Alt+e')
  await panel.getByRole('button', { name: 'Predictions: definition' }).click()
  await expect(page.getByRole('dialog', { name: 'Predictions: definition' })).toContainText('HookedTransformer')
  await page.keyboard.press('Escape')
  // Saving tries again by itself, and takes the button away where it comes first.
  await panel.getByRole('button', { name: 'Retry' }).hover()
  reachable = true
  await page.mouse.down()
  await page.mouse.up()
  await expect(panel.getByRole('alert')).toHaveCount(0)
  await expect(panel.locator('.content')).not.toHaveClass(/dim/)
  await expect(page.getByText('✓ all 4 right')).toBeVisible()
})
