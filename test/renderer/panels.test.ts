// @vitest-environment jsdom
import { cleanup, fireEvent, screen, waitFor } from '@testing-library/svelte'
import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import Attribution from '../../src/renderer/panels/Attribution.svelte'
import Predictions from '../../src/renderer/panels/Predictions.svelte'
import { showPart } from '../support/window-part'

beforeEach(() => {
  HTMLElement.prototype.showPopover = () => undefined
  HTMLElement.prototype.hidePopover = () => undefined
  for (const [name, extent] of [
    ['clientWidth', 530],
    ['clientHeight', 202],
  ] as const)
    vi.spyOn(HTMLElement.prototype, name, 'get').mockReturnValue(extent)
})
afterEach(() => {
  cleanup()
  vi.restoreAllMocks()
  vi.unstubAllGlobals()
})

const picture = () => screen.findByRole('img')
/** Asked for by its place: roles of hundreds of cells take seconds to work out. */
const tableRow = (digit: number) => document.querySelectorAll('tbody tr')[digit]
/** As the browser tells a menu that it is about to be shown. */
const openMenu = () =>
  fireEvent(document.querySelector('[role=menu]')!, Object.assign(new Event('beforetoggle'), { newState: 'open' }))
const press = async (key: string) => fireEvent.keyDown(await picture(), { key })

test('the table behind the predictions follows the picture once the values rest', async () => {
  const { explorer } = await showPart(Predictions)
  await picture()
  await waitFor(() => expect(tableRow(4)?.textContent).toContain('0.95'))
  const before = tableRow(4)!.textContent
  explorer.interventions.flip({ layer: 0, head: 2 }, 'result')
  await waitFor(() => expect(tableRow(4)!.textContent).not.toBe(before))
})

test('the picture is called what the declared figure calls it, of one run and of two', async () => {
  const { explorer } = await showPart(Predictions)
  const declared = 'Probability of each digit at each answer position'
  expect((await picture()).getAttribute('aria-label')).toBe(declared)
  explorer.interventions.flip({ layer: 0, head: 2 }, 'result')
  await waitFor(async () =>
    expect((await picture()).getAttribute('aria-label')).toBe(`${declared}, clean and intervened`),
  )
})

test('arrow keys move through the bars, a note says what is there, Enter takes the digit, Escape leaves', async () => {
  const { explorer } = await showPart(Predictions)
  await press('ArrowDown')
  expect(screen.getByRole('tooltip', { hidden: true }).textContent).toContain('C0 → 0')
  await press('ArrowDown')
  expect(screen.getByRole('tooltip', { hidden: true }).textContent).toContain('C0 → 1')
  await press('ArrowRight')
  await press('ArrowRight')
  expect(screen.getByRole('tooltip', { hidden: true }).textContent).toContain('C2 → 1')
  await press('Enter')
  expect(explorer.focus).toBe(2)
  await press('Escape')
  expect(screen.queryByRole('tooltip', { hidden: true })).toBeNull()
})

test('the menu saves the picture and the numbers under it, with units, and the answer as the command line writes it', async () => {
  const blobs: Blob[] = []
  URL.createObjectURL = (blob: Blob) => `blob:${blobs.push(blob)}`
  URL.revokeObjectURL = () => undefined
  const names: string[] = []
  vi.spyOn(HTMLAnchorElement.prototype, 'click').mockImplementation(function (this: HTMLAnchorElement) {
    names.push(this.download)
  })
  await showPart(Predictions)
  await picture()
  await openMenu()
  for (const item of ['Save as SVG', 'Save as CSV', 'Save as JSON']) await fireEvent.click(screen.getByText(item))
  await waitFor(() => expect(blobs).toHaveLength(3))
  expect(names).toEqual(['svg', 'csv', 'json'].map((ending) => `predictions-2968+1606.${ending}`))
  const [svg, csv, json] = await Promise.all(blobs.map((blob) => textOf(blob)))
  expect(svg).toMatch(/^<svg [^>]*width="530" height="202"/)
  expect(csv!.split('\r\n')[0]).toMatch(
    /^token,p\(C0\) clean \[probability\],ln p\(C0\) clean \[nats\],p\(C1\) clean \[probability\],/,
  )
  expect(JSON.parse(json!)).toMatchObject({
    analysis: 'predictions',
    model: { name: 'fake' },
    params: { sum: { a: 2968, b: 1606 }, dataset: { size: 1000, seed: 42 } },
  })
})

test('a clipboard that refuses is told of in a sentence, until it is dismissed', async () => {
  vi.stubGlobal('ClipboardItem', Object)
  const write = vi.fn<() => Promise<void>>().mockRejectedValue(new Error('Write permission denied.'))
  vi.stubGlobal('navigator', { clipboard: { write } })
  await showPart(Predictions)
  await picture()
  await openMenu()
  await fireEvent.click(screen.getByText('Copy as CSV'))
  const refusal = await screen.findByRole('alert')
  expect(refusal.textContent).toContain(
    'The clipboard did not take the CSV: Write permission denied. Try again, or take it as a file.',
  )
  await fireEvent.click(screen.getByText('Dismiss'))
  expect(screen.queryByRole('alert')).toBeNull()
})

test('the attribution says how closely its parts add up, and locks the head that is picked', async () => {
  const { explorer } = await showPart(Attribution)
  await picture()
  expect(screen.getByText(/10 parts = logit, residual 1e−6/)).toBeTruthy()
  await fireEvent.click(screen.getByRole('radio', { name: 'Paths' }))
  expect(explorer.session.view.attribution).toBe('paths')
  expect(screen.getByText(/10 paths = logit/)).toBeTruthy()
  // embed, pos_embed, H0.0
  for (let row = 0; row < 3; row++) await press('ArrowDown')
  await press('Enter')
  expect(explorer.locked).toEqual({ layer: 0, head: 0 })
})

function textOf(blob: Blob): Promise<string> {
  return new Promise((resolve) => {
    const reader = new FileReader()
    reader.onload = () => resolve(reader.result as string)
    reader.readAsText(blob)
  })
}
