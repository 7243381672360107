// @vitest-environment jsdom
import { cleanup, fireEvent, screen } from '@testing-library/svelte'
import { tick } from 'svelte'
import { afterEach, beforeEach, expect, test } from 'vitest'
import CommandPalette from '../../src/renderer/shell/CommandPalette.svelte'
import { FakeEngine } from '../support/fake-engine'
import { showPart } from '../support/window-part'

const inView: (string | null)[] = []

beforeEach(() => {
  inView.length = 0
  HTMLElement.prototype.checkVisibility = () => true
  HTMLDialogElement.prototype.showModal = function () {
    this.open = true
  }
  HTMLDialogElement.prototype.close = function () {
    this.open = false
  }
  HTMLElement.prototype.scrollIntoView = function () {
    inView.push(this.textContent.trim())
  }
})
afterEach(cleanup)

test('the search has no list before it is opened, and then keeps what the arrows choose in view', async () => {
  const { explorer } = await showPart(CommandPalette as never, new FakeEngine())
  expect(screen.queryByRole('listbox', { hidden: true })).toBeNull()
  explorer.open('search')
  await tick()
  const input = screen.getByRole('combobox', { name: 'Search' })
  await fireEvent.input(input, { target: { value: 'undo' } })
  await fireEvent.keyDown(input, { key: 'ArrowDown' })
  const chosen = screen.getAllByRole('option').find((option) => option.getAttribute('aria-selected') === 'true')
  expect(chosen).toBe(screen.getAllByRole('option')[1])
  expect(inView.at(-1)).toBe(chosen!.textContent.trim())
})
