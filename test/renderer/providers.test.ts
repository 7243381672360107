// @vitest-environment jsdom
import { cleanup, fireEvent, screen } from '@testing-library/svelte'
import { afterEach, beforeEach, expect, test } from 'vitest'
import StatusLine from '../../src/renderer/shell/StatusLine.svelte'
import type { EngineClient } from '../../src/contract/contract'
import { EngineFailure } from '../../src/contract/failure'
import { Providers } from '../../src/renderer/state/providers.svelte'
import { FakeEngine, fakeProviders } from '../support/fake-engine'
import { showPart } from '../support/window-part'

beforeEach(() => {
  HTMLElement.prototype.showPopover = () => undefined
  HTMLElement.prototype.hidePopover = () => undefined
})
afterEach(cleanup)

const hidden = { hidden: true }

test('the status line says what computes, and behind it stands what was measured', async () => {
  const { application, engine } = await showPart(StatusLine)
  expect(screen.getByRole('button', { name: /^CPU, fake CPU/ })).toBeTruthy()
  await application.providers.ask()
  expect(await screen.findByRole('button', { name: /^CPU, sweeps WebGPU, fake CPU/ })).toBeTruthy()
  const rows = screen
    .getAllByRole('row', hidden)
    .map((row) => [...row.children].map((cell) => cell.textContent.trim().replaceAll(/\s+/g, ' ')))
  expect(rows.slice(1)).toEqual([
    ['CPU', '0.21', '40,000', '0', 'one sum'],
    ['CUDA', expect.stringMatching(/^its library is not installed\. It needs NVIDIA.*: node .*=cuda12$/)],
    ['WebGPU', '1.50', '500,000', '2e−6', 'sweeps'],
  ])
  await fireEvent.click(screen.getByRole('radio', { name: 'WebGPU', ...hidden }))
  await fireEvent.click(screen.getByRole('button', { name: 'Measure again', ...hidden }))
  const asked = engine.calls.filter(({ method }) => method === 'providers').map(({ params }) => params)
  expect(asked).toEqual([{}, { use: 'webgpu' }, { again: true }])
})

test('a provider that cannot be used is not offered', async () => {
  const { application } = await showPart(StatusLine)
  await application.providers.ask()
  const offered = (await screen.findAllByRole('radio', hidden)).map(({ textContent }) => textContent.trim())
  expect(offered).toEqual(['the fastest', 'CPU', 'WebGPU'])
})

test('a question that fails says why and leaves the last report', async () => {
  let failing = false
  const fake = new FakeEngine()
  const engine: EngineClient = {
    call: (method, params) =>
      failing ? Promise.reject(new EngineFailure('engine-died', 'The engine died.')) : fake.call(method, params),
  }
  const providers = new Providers(engine)
  await providers.ask()
  failing = true
  await providers.ask({ again: true })
  expect(providers.failure).toBe('The engine died.')
  expect(providers.report).toEqual(fakeProviders)
  expect(providers.busy).toBe(false)
})
