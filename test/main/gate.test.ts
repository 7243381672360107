import type { WebContents } from 'electron'
import { afterEach, expect, test, vi } from 'vitest'
import { Gate, isNothing, isText } from '../../src/main/gate'
import { builtPage } from '../../src/main/page'
import { fc } from '../support/arbitraries'

type Listener = (event: unknown, ...args: unknown[]) => unknown

const page = builtPage('file:///app/index.html', '/app')
const own = { senderFrame: { url: page.url, parent: null } }
const refusedSenders = [
  [{ senderFrame: { url: 'https://example.org/', parent: null } }, 'it came from https://example.org/'],
  [{ senderFrame: { url: page.url, parent: { url: page.url } } }, 'it came from an embedded frame'],
  [{ senderFrame: null }, 'its frame is gone'],
] as const

afterEach(() => {
  vi.restoreAllMocks()
})

/** A gate before contents that keep what is registered on them, so that a test can send as Electron would. */
function gateWithListeners(): { gate: Gate; listeners: Map<string, Listener>; logged: () => string } {
  const listeners = new Map<string, Listener>()
  const register = (channel: string, listener: Listener) => listeners.set(channel, listener)
  const contents = { ipc: { on: register, handle: register } } as unknown as WebContents
  const written = vi.spyOn(process.stderr, 'write').mockReturnValue(true)
  return { gate: new Gate(contents, page), listeners, logged: () => written.mock.calls.join('') }
}

test("messages of the app's own page are heard", () => {
  const { gate, listeners } = gateWithListeners()
  const heard = vi.fn()
  gate.hear('engine', heard)
  listeners.get('engine')?.(own, { any: 'message' })
  expect(heard).toHaveBeenCalledExactlyOnceWith({ any: 'message' })
})

test.each(refusedSenders)('no other sender is heard or answered: %j', (event, reason) => {
  const { gate, listeners, logged } = gateWithListeners()
  const reached = vi.fn()
  gate.hear('engine', reached)
  gate.answer('load-session', isNothing, reached)
  listeners.get('engine')?.(event, {})
  expect(() => listeners.get('load-session')?.(event)).toThrow(reason)
  expect(reached).not.toHaveBeenCalled()
  expect(logged()).toContain(`A message on "engine" was refused: ${reason}.`)
  expect(logged()).toContain(`A request on "load-session" was refused: ${reason}.`)
})

test.each([[[]], [[1]], [['a', 'b']], [['x'.repeat(1_000_001)]]])('arguments that do not fit are refused', (args) => {
  const { gate, listeners, logged } = gateWithListeners()
  const save = vi.fn()
  gate.answer('save-session', isText, save)
  expect(() => listeners.get('save-session')?.(own, ...args)).toThrow('arguments')
  expect(save).not.toHaveBeenCalled()
  expect(logged()).toContain('A request on "save-session" was refused')
})

test('a thousand lists of arguments that do not fit are refused, and those that fit still pass', () => {
  const { gate, listeners } = gateWithListeners()
  const reached = vi.fn()
  gate.answer('load-session', isNothing, reached)
  gate.answer('save-session', isText, reached)
  const anything = fc.array(fc.anything(), { maxLength: 3 })
  fc.assert(
    fc.property(anything, (args) => {
      if (!isNothing(args)) expect(() => listeners.get('load-session')?.(own, ...args)).toThrow('was refused')
      if (!(args.length === 1 && typeof args[0] === 'string'))
        expect(() => listeners.get('save-session')?.(own, ...args)).toThrow('was refused')
    }),
    { numRuns: 1000 },
  )
  expect(reached).not.toHaveBeenCalled()
  listeners.get('save-session')?.(own, 'text')
  expect(reached).toHaveBeenCalledExactlyOnceWith('text')
})

test('arguments that fit reach the handler, and its answer comes back', () => {
  const { gate, listeners } = gateWithListeners()
  gate.answer('save-session', isText, (text) => `saved ${text}`)
  expect(listeners.get('save-session')?.(own, '{}')).toBe('saved {}')
})
