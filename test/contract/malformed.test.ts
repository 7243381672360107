import { expect, test, vi } from 'vitest'
import { methods } from '../../src/contract/contract'
import type { Reply } from '../../src/contract/rpc-message'
import { serveEngine, type Handlers } from '../../src/contract/rpc-server'
import { fc } from '../support/arbitraries'
import { malformedMessage } from '../support/malformed'

/** A served engine whose every method is the same spy, and what it replies to a message at once. */
function served() {
  const handler = vi.fn(() => new Promise<never>(() => undefined))
  const handlers = Object.fromEntries(Object.keys(methods).map((name) => [name, handler])) as unknown as Handlers
  const replies: Reply[] = []
  let listener: (message: unknown) => void = () => undefined
  const port = {
    post: (message: unknown) => replies.push(message as Reply),
    on: (next: typeof listener) => (listener = next),
    onClose: () => undefined,
  }
  serveEngine(port, handlers)
  return {
    handler,
    send: (message: unknown) => {
      listener(message)
      return replies.splice(0)
    },
  }
}

test('a thousand malformed messages of the contract are each refused with a code and a sentence, and reach no method', () => {
  const { handler, send } = served()
  const codes = new Set<string>()
  fc.assert(
    fc.property(malformedMessage(7), (message) => {
      const [reply, ...others] = send(message)
      expect(others).toEqual([])
      if (reply?.kind !== 'refusal' && reply?.kind !== 'failure') throw new Error('The message was not refused.')
      codes.add(reply.failure.code)
      expect(reply.failure.message).toMatch(/^[A-Z].*\.$/s)
    }),
    { numRuns: 1000 },
  )
  expect([...codes].sort()).toEqual(['bad-input', 'bad-message', 'unknown-method'])
  expect(handler).not.toHaveBeenCalled()
  send({ kind: 'call', id: 7, method: 'status', params: {} })
  expect(handler).toHaveBeenCalledOnce()
})
