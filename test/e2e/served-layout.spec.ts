import type { Page } from '@playwright/test'
import { dragOver, sites, verdict } from '../support/carry-lab'
import { expect, test } from '../support/carryscope'
import { typeSum } from '../support/sum-bar'

// Only a browser's page takes any size at once.

const settled = (page: Page) => expect(page.locator('.dim, .stale')).toHaveCount(0, { timeout: 60_000 })

/** Where everything stands that is not itself a value: panels, controls, headings, pictures. */
function places(page: Page): Promise<string[]> {
  return page.evaluate(() =>
    [
      ...document.querySelectorAll(
        'section, header, h2, button:not(li button), canvas, [role=switch], [role=spinbutton]',
      ),
    ]
      .filter((element) => element.checkVisibility())
      .map((element) => {
        const { x, y, width, height } = element.getBoundingClientRect()
        const name = element.getAttribute('aria-label')?.split(',')[0] ?? element.tagName
        return `${name} at ${[x, y, width, height].map((value) => Math.round(value)).join(' ')}`
      }),
  )
}

test('nothing moves or resizes when values change', async ({ carryscope }) => {
  const { page } = carryscope
  await typeSum(page, '2968', '1606')
  await settled(page)
  const before = await places(page)
  expect(before.length).toBeGreaterThan(60)
  await page.getByRole('switch', { name: 'H0.2 Out' }).click()
  await expect(page.getByText(/✕ 3 of 4 wrong/)).toBeVisible()
  expect(await places(page)).toEqual(before)
  await settled(page)
  expect(await places(page)).toEqual(before)
  await typeSum(page, '0000', '4999')
  await settled(page)
  expect(await places(page)).toEqual(before)
})

for (const { what, size, sees } of [
  { what: 'at 200 % zoom', size: { width: 720, height: 422 }, sees: false },
  { what: 'in a narrow window, and the sum stays in sight', size: { width: 1100, height: 800 }, sees: true },
])
  test(`all of Explore is in reach ${what}`, async ({ carryscope }) => {
    const { page } = carryscope
    await page.setViewportSize(size)
    await settled(page)
    expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(size.width)
    for (const name of [
      'Circuit',
      'Predictions',
      /^Logit attribution/,
      /^Attention from /,
      /^Clock face/,
      'Carry classes',
      'Loss difference',
    ]) {
      const panel = page.getByRole('region', { name })
      await panel.scrollIntoViewIfNeeded()
      const { x, width } = (await panel.boundingBox())!
      expect(x).toBeGreaterThanOrEqual(0)
      expect(x + width).toBeLessThanOrEqual(size.width)
      // It would leave too little room for anything else in a low window.
      if (sees) await expect(page.getByRole('spinbutton', { name: 'A0' })).toBeInViewport()
    }
  })

for (const [width, height] of [
  [1280, 720],
  [1366, 768],
  [1428, 844],
  [1920, 1080],
  [3840, 2160],
] as const)
  test(`in a window of ${width}x${height} only what is between the bars scrolls, and never sideways`, async ({
    carryscope,
  }) => {
    const { page } = carryscope
    await page.setViewportSize({ width, height })
    await expect(page.getByRole('region', { name: 'Loss difference' })).toBeVisible()
    await settled(page)
    const {
      document: whole,
      footer,
      scrolled,
    } = await page.evaluate(() => {
      const workspace = document.querySelector('.workspace')!
      workspace.scrollTop = workspace.scrollHeight
      const { scrollWidth, scrollHeight } = document.documentElement
      // A scroll within what scrolls would trap the wheel.
      const within = [...workspace.querySelectorAll('.picture, .layers')]
      return {
        document: [scrollWidth, scrollHeight],
        footer: document.querySelector('footer')!.getBoundingClientRect().bottom,
        scrolled: [
          workspace.scrollWidth - workspace.clientWidth,
          ...within.map((e) => e.scrollHeight - e.clientHeight),
        ],
      }
    })
    expect(whole).toEqual([width, height])
    expect(footer).toBe(height)
    expect(Math.max(...scrolled)).toBeLessThanOrEqual(1)
    await expect(page.getByRole('region', { name: 'Loss difference' })).toBeInViewport()
    await expect(page.getByRole('spinbutton', { name: 'A0' })).toBeInViewport({ ratio: 1 })
    // What the statistics come to is said in full, also where there is room for little.
    for (const name of ['loss, 1000 sums', 'exact match']) {
      const figure = page.getByLabel('Sum', { exact: true }).getByText(name)
      await expect(figure).toBeInViewport({ ratio: 1 })
      const hidden = await figure.evaluate((e) => e.parentElement!.scrollWidth - e.parentElement!.clientWidth)
      expect(hidden).toBeLessThanOrEqual(0)
    }
    // Type of 11 px is drawn larger where there are very many of them.
    const line = await page.locator('.definition').first().boundingBox()
    expect(line!.height).toBeCloseTo(width === 3840 ? 32 : 16, 0)
  })

test('in a low window the lab shows all that is chosen, the Tour a claim with its check, and the deck’s editor every state', async ({
  carryscope: { page },
}) => {
  await page.setViewportSize({ width: 1280, height: 720 })
  await page.getByRole('switch', { name: 'H0.2 Out' }).click()
  await page.keyboard.press('Alt+l')
  await dragOver(
    page,
    ['A1', 'A2', 'A3', '+', 'B0', 'B1', 'B2', 'B3', '='].map((token) => `H0.1@${token}`),
  )
  await expect.poll(() => sites(page).count()).toBeGreaterThanOrEqual(8)
  const choice = (name: string) => page.getByRole('combobox', { name, exact: true })
  await choice('through').selectOption('pattern of layer 1 only')
  await choice('of').selectOption('H1.2')
  const said = verdict(page)
  await expect(said).toContainText('Through pattern@H1.2 alone: ')
  await said.evaluate((sentence) => sentence.append(' and three lines of it'.repeat(7)))
  for (const name of ['Moved:', 'through', 'of']) await expect(choice(name)).toBeInViewport({ ratio: 1 })
  await expect(page.getByRole('button', { name: 'Open in Explore' })).toBeInViewport({ ratio: 1 })
  await expect(said).toBeInViewport({ ratio: 1 })
  await page.keyboard.press('Alt+t')
  const tour = page.getByRole('main', { name: 'Tour' })
  for (const name of ['Sum', 'Claim', 'Check'])
    await expect(tour.getByRole('region', { name, exact: true })).toBeInViewport({ ratio: 1 })
  await expect(tour.getByRole('img').first()).toBeInViewport({ ratio: 1 })
  await page.keyboard.press('Alt+k')
  const states = page.getByRole('region', { name: 'States' }).getByRole('listitem')
  await expect(states.last()).toBeInViewport({ ratio: 1 })
})

test('forced colours keep what is chosen, switched off, focused and intervened on apart', async ({ carryscope }) => {
  const { page } = carryscope
  await page.emulateMedia({ forcedColors: 'active' })
  await page.getByRole('switch', { name: 'H0.2 Out' }).click()
  await expect(page.getByText(/✕ 3 of 4 wrong/)).toBeVisible()
  const look = (selector: string) =>
    page
      .locator(selector)
      .first()
      .evaluate((element) => {
        const { backgroundColor, outlineStyle, borderTopWidth } = getComputedStyle(element)
        return [backgroundColor, outlineStyle, borderTopWidth].join()
      })
  for (const [one, other] of [
    ['[role=radio][aria-checked=true]', '[role=radio][aria-checked=false]'],
    ['nav [aria-current]', 'nav button:not([aria-current])'],
    ['[role=switch][aria-checked=false] .pill', '[role=switch][aria-checked=true] .pill'],
    ['.answers .cell.intervened', '.answers .cell.clean'],
    ['.choose[aria-pressed=true]', '.choose[aria-pressed=false]'],
  ] as const)
    expect(await look(one), one).not.toBe(await look(other))
  await page.keyboard.press('Tab')
  await page.keyboard.press('Tab')
  expect(await look(':focus-visible')).toContain('double')

  // Colours that are values stay, and no canvas hides the one below it.
  await page.keyboard.press('Alt+l')
  const ground = (element: Element) => getComputedStyle(element).backgroundColor
  const site = (name: string) => page.getByRole('gridcell', { name: new RegExp(`^${name},`) }).evaluate(ground)
  await expect(page.getByRole('gridcell', { name: /^H0\.2@B2, \d/ })).toBeVisible()
  expect(await site('H0.2@B2')).not.toBe(await site('H0.2@A0'))
  const upper = page.locator('canvas ~ canvas')
  await upper.first().waitFor()
  expect(
    new Set(await upper.evaluateAll((stacked) => stacked.map((each) => getComputedStyle(each).backgroundColor))),
  ).toEqual(new Set(['rgba(0, 0, 0, 0)']))
})

test('with reduced motion nothing is animated', async ({ carryscope }) => {
  const { page } = carryscope
  await page.emulateMedia({ reducedMotion: 'reduce' })
  await page.getByRole('switch', { name: 'H0.2 Out' }).click()
  expect(await page.evaluate(() => document.getAnimations().length)).toBe(0)
})
