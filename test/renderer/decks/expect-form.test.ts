// @vitest-environment jsdom
import { cleanup, fireEvent, render, screen } from '@testing-library/svelte'
import { afterEach, expect, test, vi } from 'vitest'
import ExpectForm from '../../../src/renderer/decks/ExpectForm.svelte'

afterEach(cleanup)

test('parameters that are no JSON are refused, and not left out', async () => {
  const onadd = vi.fn()
  render(ExpectForm, { onadd })
  const params = screen.getByLabelText('Parameters, as JSON')
  await fireEvent.input(params, { target: { value: '{ "at": ["H0.2@B3"' } })
  await fireEvent.click(screen.getByRole('button', { name: 'Add' }))
  expect(onadd).not.toHaveBeenCalled()
  expect(screen.getByRole('alert').textContent).toMatch(/^This cannot be expected: .+ at "params"\.$/)
  await fireEvent.input(params, { target: { value: '' } })
  await fireEvent.click(screen.getByRole('button', { name: 'Add' }))
  expect(onadd).toHaveBeenCalledWith(expect.objectContaining({ params: {}, value: 1 }))
})
