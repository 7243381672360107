// @vitest-environment jsdom
import { cleanup, fireEvent, screen, waitFor } from '@testing-library/svelte'
import { afterEach, expect, test } from 'vitest'
import Circuit from '../../src/renderer/circuit/Circuit.svelte'
import { FakeEngine, fakeModel } from '../support/fake-engine'
import { showPart } from '../support/window-part'

afterEach(cleanup)

const output = () => screen.getByRole('switch', { name: /^H0\.2 Out/ })
const asked = (engine: FakeEngine) => engine.calls.filter(({ method }) => method === 'explore').at(-1)?.params

test('flipping a switch cuts, asks the engine, and can be undone and redone by keyboard', async () => {
  const { engine } = await showPart(Circuit)
  expect(output().getAttribute('aria-checked')).toBe('true')

  await fireEvent.click(output())
  expect(output().getAttribute('aria-checked')).toBe('false')
  expect(output().getAttribute('aria-label')).toBe('H0.2 Out, mean, all positions')
  const cut = { site: 'result', layer: 0, head: 2, mode: 'mean', positions: 'all' }
  await waitFor(() => expect(asked(engine)).toMatchObject({ interventions: [cut] }))

  await fireEvent.keyDown(window, { key: 'z', ctrlKey: true })
  expect(output().getAttribute('aria-checked')).toBe('true')
  await waitFor(() => expect(asked(engine)).toMatchObject({ interventions: [] }))

  await fireEvent.keyDown(window, { key: 'Z', ctrlKey: true, shiftKey: true })
  expect(output().getAttribute('aria-checked')).toBe('false')
})

test('Delete on a chip takes its intervention away', async () => {
  const { explorer } = await showPart(Circuit)
  await fireEvent.click(output())
  await fireEvent.click(screen.getByRole('switch', { name: 'H1.0 Q' }))
  await fireEvent.keyDown(screen.getByRole('button', { name: 'Remove H0.2 Out, mean, all positions' }), {
    key: 'Delete',
  })
  expect(explorer.session.analysis.interventions).toMatchObject([{ site: 'q', layer: 1, head: 0 }])
})

test('positions and mode are those of the next cut', async () => {
  const { explorer } = await showPart(Circuit)
  await fireEvent.click(screen.getByRole('radio', { name: '0 Zero' }))
  await fireEvent.click(screen.getByRole('button', { name: 'C1 · p11, predicts C2' }))
  await fireEvent.click(screen.getByRole('button', { name: '= · p9, predicts C0' }))
  await fireEvent.click(screen.getByRole('switch', { name: 'H0.0 K' }))
  expect(explorer.session.analysis.interventions).toEqual([
    { site: 'k', layer: 0, head: 0, mode: 'zero', positions: [9, 11] },
  ])
  expect(screen.getByRole('switch', { name: 'H0.0 K, zero, = · p9, C1 · p11' })).toBeTruthy()
})

test('a patch without a donor is refused in a sentence, and nothing changes', async () => {
  const { explorer } = await showPart(Circuit)
  await fireEvent.click(screen.getByRole('radio', { name: '⇄ Patch' }))
  await fireEvent.click(output())
  expect(screen.getByRole('alert').textContent).toBe('Patch needs a donor sum: type one, such as 1234+4321.')
  expect(explorer.session.analysis.interventions).toEqual([])
  await fireEvent.input(screen.getByRole('textbox', { name: 'Donor sum' }), { target: { value: '1234+4321' } })
  await fireEvent.click(output())
  expect(explorer.session.analysis.interventions).toMatchObject([{ mode: 'patch', donor: { a: 1234, b: 4321 } }])
})

test('a model with MLPs has a tile for each, with its size, its worth and the switch of what it writes', async () => {
  const { explorer, engine } = await showPart(Circuit, new FakeEngine(fakeModel({ d_mlp: 96 })))
  const out = () => screen.getByRole('switch', { name: /^MLP1 Out/ })
  expect(screen.getAllByText('96 neurons, gelu')).toHaveLength(2)
  await waitFor(() => expect(screen.getByText('+1.25')).toBeTruthy())
  await fireEvent.click(out())
  expect(out().getAttribute('aria-label')).toBe('MLP1 Out, mean, all positions')
  const cut = { site: 'mlp_out', layer: 1, mode: 'mean', positions: 'all' }
  expect(explorer.session.analysis.interventions).toEqual([cut])
  await waitFor(() => expect(asked(engine)).toMatchObject({ interventions: [cut] }))
  await fireEvent.click(screen.getByRole('button', { name: 'Change MLP1 Out, mean, all positions' }))
  await fireEvent.keyDown(screen.getByRole('button', { name: 'Remove MLP1 Out, mean, all positions' }), {
    key: 'Delete',
  })
  expect(out().getAttribute('aria-checked')).toBe('true')
})

test('a model of attention alone has no such tile', async () => {
  await showPart(Circuit)
  expect(screen.queryByText('MLP0')).toBeNull()
})

test('hovering a head asks for a preview of its ablation without applying it', async () => {
  const { explorer, engine } = await showPart(Circuit)
  explorer.hover({ layer: 1, head: 2 })
  const preview = [{ site: 'result', layer: 1, head: 2, positions: 'all', mode: 'mean' }]
  await waitFor(() => expect(asked(engine)).toMatchObject({ interventions: [], preview }))
  await waitFor(() => expect(explorer.runs.answers.filter(({ now }) => now.wrong)).toHaveLength(1))
  explorer.hover(null)
  expect(explorer.runs.answers.filter(({ now }) => now.wrong)).toHaveLength(0)
})

test.each([
  [1, 1, 2],
  [4, 8, 6],
])('%i layers of %i heads at %i digits each have their five switches', async (n_layers, n_heads, numDigits) => {
  await showPart(Circuit, new FakeEngine(fakeModel({ n_layers, n_heads, numDigits })))
  expect(screen.getAllByRole('switch')).toHaveLength(5 * n_layers * n_heads)
})
