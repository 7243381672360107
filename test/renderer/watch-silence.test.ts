import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { heartbeatMs, largestMessage } from '../../src/contract/served-message'
import { socketBridge, type Socket } from '../../src/contract/socket-bridge'
import { encodeMessage } from '../../src/contract/wire'
import { watchSilence } from '../../src/renderer/watch-silence'

beforeEach(() => {
  vi.useFakeTimers()
})
afterEach(() => {
  vi.useRealTimers()
})

/** A connection that is open and says what it is told to. */
class FakeSocket implements Socket {
  binaryType = ''
  readonly readyState = 1
  closed = false
  sent = 0
  readonly #listeners = new Map<string, (event: never) => void>()
  send(): void {
    this.sent++
  }
  close(): void {
    this.closed = true
  }
  addEventListener(type: string, listener: (event: never) => void): void {
    this.#listeners.set(type, listener)
  }
  hear(message: unknown): void {
    this.#listeners.get('message')!({ data: encodeMessage(message).slice().buffer } as never)
  }
}

function connected() {
  const sockets: FakeSocket[] = []
  const bridge = socketBridge(() => {
    sockets.push(new FakeSocket())
    return sockets.at(-1)!
  }, watchSilence)
  const notices: string[] = []
  const losses: string[] = []
  bridge.onNotice((sentence) => notices.push(sentence))
  bridge.onClose((reason) => losses.push(reason))
  return { bridge, sockets, notices, losses }
}

test('a server that misses its heartbeats is taken for lost: a sentence, what was asked fails, and what is asked next connects anew', async () => {
  const { bridge, sockets, notices, losses } = connected()
  vi.advanceTimersByTime(4 * heartbeatMs)
  sockets[0]!.hear({ from: 'heartbeat' })
  vi.advanceTimersByTime(4 * heartbeatMs)
  expect(notices).toEqual([])
  const asked = bridge.loadSession()
  const failed = expect(asked).rejects.toThrow('The connection to Carryscope was lost.')
  vi.advanceTimersByTime(heartbeatMs)
  await failed
  expect(notices).toEqual(['Carryscope does not answer any more; see how it is where it was started, then retry.'])
  expect(losses).toHaveLength(1)
  expect(sockets[0]!.closed).toBe(true)
  vi.advanceTimersByTime(20 * heartbeatMs)
  expect(notices).toHaveLength(1)
  bridge.post({ kind: 'call' })
  expect(sockets).toHaveLength(2)
})

test('a file that is larger than the 256 MiB that a page may send is refused in one sentence, and nothing is sent', () => {
  const { bridge, sockets } = connected()
  const bytes = new Uint8Array(largestMessage)
  expect(() => {
    bridge.post({ kind: 'call', source: { name: 'large.pt', bytes } })
  }).toThrow(
    /^The file has 257 MiB, more than the 256 MiB that can be dropped on this page; open it by its path instead\.$/,
  )
  expect(sockets[0]!.sent).toBe(0)
})
