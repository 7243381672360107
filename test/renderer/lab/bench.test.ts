// @vitest-environment jsdom
import { cleanup, fireEvent, screen, waitFor, within } from '@testing-library/svelte'
import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import type { MethodParams } from '../../../src/contract/contract'
import CarryLab from '../../../src/renderer/lab/CarryLab.svelte'
import { digitsOfSum } from '../../../src/session/session'
import { LabEngine } from '../../support/lab-engine'
import { everythingOnScreen } from '../../support/on-screen'
import { showPart } from '../../support/window-part'

vi.mock('../../../src/report/echarts', async (original) =>
  (await import('../../support/svg-echarts')).drawnAsSvg(original),
)

beforeEach(() => {
  everythingOnScreen()
  HTMLElement.prototype.showPopover = () => undefined
  HTMLElement.prototype.hidePopover = () => undefined
  HTMLDialogElement.prototype.showModal = function (this: HTMLDialogElement) {
    this.open = true
  }
  HTMLDialogElement.prototype.close = function (this: HTMLDialogElement) {
    this.open = false
  }
  for (const [name, extent] of [
    ['clientWidth', 530],
    ['clientHeight', 330],
  ] as const)
    vi.spyOn(HTMLElement.prototype, name, 'get').mockReturnValue(extent)
})
afterEach(() => {
  cleanup()
  vi.restoreAllMocks()
})

/** By its place: roles of hundreds of cells take seconds to work out. */
const cell = (site: string) => document.querySelector<HTMLElement>(`[data-site="${site}"]`)!
const verdict = () => document.querySelector('[data-part="verdict"]')!.textContent
const part = (label: string) => document.querySelector<HTMLElement>(`section[aria-label="${label}"]`)!
const chips = () => [...document.querySelectorAll('ul[aria-label="Sites"] button')].map((each) => each.ariaLabel)
const asked = <M extends 'explore' | 'analyze'>(engine: LabEngine, method: M) =>
  engine.calls.filter((call) => call.method === method).map(({ params }) => params as MethodParams<M>)

async function openBench() {
  const engine = new LabEngine()
  const { explorer } = await showPart(CarryLab, engine)
  explorer.session.show({ workspace: 'lab' })
  await waitFor(() => expect(chips()).toHaveLength(1))
  return { explorer, engine }
}

test('by itself the best site is on the bench, and said; cleared, nothing is moved', async () => {
  const { explorer } = await openBench()
  const best = /Remove (\S+)/.exec(chips()[0]!)![1]
  expect(screen.getByText(`${best} moves C1 the most`)).toBeTruthy()
  await fireEvent.click(within(part('Map of sites').closest('.panel')!).getByText(/Clear sites/))
  expect(chips()).toEqual([])
  await waitFor(() => expect(verdict()).toContain('Nothing is moved'))
  explorer.session.undo()
  await waitFor(() => expect(chips()).toHaveLength(1))
})

test('arrows move in the map, Space takes, Shift and an arrow take the next one too, Delete clears', async () => {
  const { explorer } = await openBench()
  explorer.lab.clear()
  const press = (site: string, key: string, shiftKey = false) => fireEvent.keyDown(cell(site), { key, shiftKey })
  await press('0.0.5', 'ArrowRight')
  await press('0.0.6', ' ')
  expect(chips()).toEqual(['Remove H0.0@B1'])
  await press('0.0.6', 'ArrowDown', true)
  expect(chips()).toEqual(['Remove H0.0@B1', 'Remove H0.1@B1'])
  await press('0.1.13', ' ')
  expect(chips()).toHaveLength(2)
  await press('0.1.6', 'Delete')
  expect(chips()).toEqual([])
})

test('the pair is followed through the pieces that are chosen, and the sentence says so', async () => {
  const { explorer, engine } = await openBench()
  explorer.lab.change({ sites: [{ layer: 0, head: 1, position: 8 }], via: 'pattern+v@H1.2' })
  await waitFor(() => expect(asked(engine, 'explore').at(-1)).toMatchObject({ via: 'pattern+v@H1.2' }))
  await waitFor(() => expect(verdict()).toContain('Through pattern+v@H1.2 alone: '))
  const shares = asked(engine, 'analyze').filter(({ id }) => id === 'transplant')
  expect(shares.at(-1)!.params).toMatchObject({ at: ['H0.1@B3'], via: 'pattern+v@H1.2' })
})

test('a click on a class cell shows its pairs, and their donor is taken for the sum on screen', async () => {
  const { explorer, engine } = await openBench()
  const before = explorer.session.analysis.digits
  // Cells without pairs do nothing; the first with some opens them.
  const picture = await waitFor(() => within(part('Repeat')).getByRole('img'))
  for (let row = 0; row < 9 && explorer.overlay === null; row++) {
    await fireEvent.keyDown(picture, { key: row === 0 ? 'ArrowDown' : 'ArrowRight' })
    if (row % 3 === 2) await fireEvent.keyDown(picture, { key: 'ArrowDown' })
    await fireEvent.keyDown(picture, { key: 'Enter' })
  }
  expect(explorer.overlay).toBe('pairs')
  const dialog = screen.getByRole('dialog', { name: /^Pairs: C1: column 2 is . in the sum and . in the donor/ })
  await waitFor(() => expect(dialog.textContent).toMatch(/\d+ pairs? of the first 40/))
  expect(asked(engine, 'analyze').at(-1)).toMatchObject({ id: 'transplant', params: { examples: 1000 } })
  const take = within(dialog).getAllByRole('button', { name: /^Use the donor of / })[0]!
  const row = take.closest('tr')!
  const donor = /(\d{4})\+(\d{4})=/.exec(row.querySelectorAll('code')[1]!.textContent)!
  await fireEvent.click(take)
  expect(explorer.overlay).toBeNull()
  const { layout } = explorer.config
  expect(explorer.lab.donorDigits).toEqual(digitsOfSum({ a: Number(donor[1]), b: Number(donor[2]) }, layout))
  expect(explorer.session.analysis.digits).toEqual(before)
})

test('companions mark the transplanted run, and name it', async () => {
  const { explorer } = await openBench()
  explorer.lab.change({ sites: [{ layer: 0, head: 1, position: 8 }] })
  const tables = () =>
    [...document.querySelectorAll('aside[aria-label="Companions"] th')].map((each) => each.textContent)
  await waitFor(() => expect(tables()).toContain('this sum, transplanted'))
  explorer.lab.clear()
  await waitFor(() => expect(tables()).not.toContain('this sum, transplanted'))
})

test('a donor like the sum is told of in place, and asks nothing', async () => {
  const { explorer, engine } = await openBench()
  const calls = asked(engine, 'explore').length
  explorer.lab.change({ donor: explorer.session.analysis.digits })
  await waitFor(() => expect(part('Compare').textContent).toContain('Donor and sum are the same: nothing would move.'))
  expect(asked(engine, 'explore')).toHaveLength(calls)
})
