// @vitest-environment jsdom
import { cleanup, fireEvent, render, screen } from '@testing-library/svelte'
import { afterEach, expect, test, vi } from 'vitest'
import { missingSentence } from '../../../src/deck/missing'
import Presenter from '../../../src/renderer/present/Presenter.svelte'
import { Application } from '../../../src/renderer/state/application.svelte'
import { until } from '../../support/patience'
import { FakeEngine, fakeBridge, fakeModel } from '../../support/fake-engine'
import { fillIn } from '../../support/window-part'

// There is no canvas here.
vi.mock('../../../src/report/echarts', async (original) =>
  (await import('../../support/svg-echarts')).drawnAsSvg(original),
)
vi.spyOn(HTMLElement.prototype, 'clientWidth', 'get').mockReturnValue(960)
vi.spyOn(HTMLElement.prototype, 'clientHeight', 'get').mockReturnValue(540)
HTMLElement.prototype.scrollIntoView = () => undefined
afterEach(cleanup)

/** Presents the deck that is open at first, of one state, on some model; with a window for its Stage, which nobody opens, or without. */
async function present(model = fakeModel(), hasStage = true) {
  fillIn()
  const openStage = vi.fn(() => Promise.resolve(hasStage ? { number: null, width: 960, height: 540 } : null))
  const bridge = { ...fakeBridge(null), openStage }
  const application = new Application(new FakeEngine(model), bridge)
  await application.start()
  const { decks } = application
  while (decks.deck.states.length > 1) decks.remove()
  const { deck } = decks
  await decks.present(application.explorer!, bridge, () => null)
  render(Presenter, { presentation: decks.presentation!, onended: () => decks.ended() })
  return { deck, model, openStage }
}

test('where another model answers, the Stage and the speaker are told', async () => {
  const { deck, model } = await present()
  expect(await screen.findByText(missingSentence(deck, model)!)).toBeTruthy()
  expect((await screen.findAllByText('≠ fake answers, not sum-4digit'))[0]).toBeTruthy()
  // The fake engine answers nothing that the deck expects.
  expect(await screen.findByText(/^✕ \d of \d that this state expects (is|are) not so\.$/)).toBeTruthy()
})

test('with one display the sentence stands above the held notes', async () => {
  const { deck, model } = await present(fakeModel(), false)
  expect(screen.queryByText(missingSentence(deck, model)!)).toBeNull()
  await fireEvent.keyDown(window, { key: 'n' })
  expect(screen.getByText(missingSentence(deck, model)!)).toBeTruthy()
})

test('on the model that it was made with, nothing is said', async () => {
  const { needs } = new Application(new FakeEngine(), fakeBridge(null)).decks.deck
  const { name, sha256 } = needs.model
  await present({ ...fakeModel(), name, sha256, reference: needs.reference })
  expect(screen.queryByText(/^≠/)).toBeNull()
  expect(screen.queryByText(/^The deck/)).toBeNull()
})

test('where the Stage cannot be opened again the speaker is told why, and the talk goes on', async () => {
  const { openStage } = await present()
  openStage.mockRejectedValueOnce(new Error('There is no display for the Stage: connect one, and open it again.'))
  await fireEvent.click(screen.getByRole('button', { name: 'Open the Stage again' }))
  expect(await screen.findByText(/^There is no display/)).toBeTruthy()
  await fireEvent.click(screen.getByRole('button', { name: 'Open the Stage again' }))
  await until(() => expect(screen.queryByText(/^There is no display/)).toBeNull())
})
