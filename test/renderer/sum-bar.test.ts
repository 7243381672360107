// @vitest-environment jsdom
import { cleanup, fireEvent, screen, waitFor } from '@testing-library/svelte'
import { afterEach, expect, test } from 'vitest'
import SumBar from '../../src/renderer/sum/SumBar.svelte'
import { showPart } from '../support/window-part'

afterEach(cleanup)

const cells = () => screen.getAllByRole('spinbutton').map((cell) => cell.textContent.trim())

async function press(...keys: string[]) {
  for (const key of keys) await fireEvent.keyDown(document.activeElement ?? document.body, { key })
}

test('it opens with the first sum of the reference set, and digits typed anywhere replace it', async () => {
  const { explorer } = await showPart(SumBar)
  expect(cells().join('')).toBe('29681606')
  await press(...Array.from('12344321'))
  expect(cells().join('')).toBe('12344321')
  expect(explorer.sum).toEqual({ a: 1234, b: 4321 })
  await waitFor(() => expect(screen.getByText('✓ all 4 right')).toBeTruthy())
})

test('arrows move between cells and digits go where they point', async () => {
  await showPart(SumBar)
  screen.getByRole('spinbutton', { name: 'A0' }).focus()
  await press('ArrowRight', 'ArrowRight', '7')
  expect(cells().join('')).toBe('29781606')
  await waitFor(() => expect(document.activeElement).toBe(screen.getByRole('spinbutton', { name: 'A3' })))
})

test('a half-typed sum keeps the last answer, dimmed, and says what is missing', async () => {
  const { explorer } = await showPart(SumBar)
  await waitFor(() => expect(explorer.runs.answers).toHaveLength(4))
  screen.getByRole('spinbutton', { name: 'B3' }).focus()
  await press('Delete')
  expect(screen.getByText('One digit is missing: type it in.')).toBeTruthy()
  expect(explorer.sum).toBeNull()
  expect(explorer.stale).toBe(true)
  expect(explorer.runs.answers).toHaveLength(4)
  await press('6')
  await waitFor(() => expect(explorer.stale).toBe(false))
})

test('a wrong digit is marked and counted, and holding A shows the clean run', async () => {
  const { explorer } = await showPart(SumBar)
  explorer.interventions.flip({ layer: 0, head: 2 }, 'result')
  await waitFor(() => expect(screen.getByText('✕ 1 of 4 wrong')).toBeTruthy())
  expect(screen.getAllByRole('img', { name: 'wrong' })).toHaveLength(1)
  await fireEvent.keyDown(window, { key: 'a' })
  expect(screen.getByText('✓ all 4 right')).toBeTruthy()
  await fireEvent.keyUp(window, { key: 'a' })
  expect(screen.getByText('✕ 1 of 4 wrong')).toBeTruthy()
})

test('Alt and a number choose the focus digit, letters can be switched off', async () => {
  const { explorer } = await showPart(SumBar)
  await fireEvent.keyDown(window, { key: '3', code: 'Digit3', altKey: true })
  expect(explorer.focus).toBe(2)
  const before = explorer.sum
  explorer.session.show({ letters: false })
  await press('r')
  expect(explorer.sum).toEqual(before)
  explorer.session.show({ letters: true })
  await press('c')
  expect(Math.max(...explorer.columns!.cascade)).toBeGreaterThan(0)
})
