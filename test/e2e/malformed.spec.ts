import { once } from 'node:events'
import type { Page } from '@playwright/test'
import { WebSocket } from 'ws'
import type { Bridge } from '../../src/contract/bridge'
import type { Reply } from '../../src/contract/rpc-message'
import { socketPath } from '../../src/contract/served-message'
import { decodeMessage, encodeMessage } from '../../src/contract/wire'
import { fc } from '../support/arbitraries'
import { expect, test } from '../support/carryscope'
import { malformedMessage } from '../support/malformed'
import { typeSum } from '../support/sum-bar'

/** Far from the numbers that the page gives its own calls. */
const firstId = 1_000_000
const count = 1000

/**
 * Sends as a page that was taken over would: past everything that the window itself checks. The bridge has one listener, so
 * that the page hears no more answers until it is loaded again.
 */
function sendThroughBridge(page: Page, messages: readonly unknown[]): Promise<Reply[]> {
  return page.evaluate(
    ([all, from]) =>
      new Promise<Reply[]>((resolve) => {
        const bridge = (window as unknown as { carryscope: Bridge }).carryscope
        const refused: Reply[] = []
        bridge.onMessage((message) => {
          const reply = message as Reply
          if (reply.kind !== 'refusal' && !(reply.kind === 'failure' && reply.id >= from)) return
          if (refused.push(reply) === all.length) resolve(refused)
        })
        for (const message of all) bridge.post(message)
      }),
    [messages, firstId] as const,
  )
}

/** Sends over a connection of its own, as another program of this machine that knows the address could. */
async function sendThroughSocket(page: Page, messages: readonly unknown[]): Promise<Reply[]> {
  const { origin, host, pathname } = new URL(page.url())
  const socket = new WebSocket(`ws://${host}${pathname}${socketPath}`, { origin })
  await once(socket, 'open')
  const refused: Reply[] = []
  const all = new Promise<void>((resolve, reject) => {
    socket.on('close', () => {
      reject(new Error('The connection was closed.'))
    })
    socket.on('message', (data: Buffer) => {
      const { message } = decodeMessage(data) as { message: Reply }
      if (refused.push(message) === messages.length) resolve()
    })
  })
  for (const message of messages) socket.send(encodeMessage({ to: 'engine', message }))
  await all
  socket.terminate()
  return refused
}

test('a thousand malformed messages are all refused with a code, and the window works on', async ({ carryscope }) => {
  const { page, app } = carryscope
  await expect(page.getByRole('switch', { name: 'H0.2 Out' })).toBeVisible()
  const engine = carryscope.enginePid()
  const messages = Array.from({ length: count }, (_, index) => fc.sample(malformedMessage(firstId + index), 1)[0])

  const replies = await (app ? sendThroughBridge(page, messages) : sendThroughSocket(page, messages))
  const codes = replies.map((reply) => (reply.kind === 'refusal' || reply.kind === 'failure') && reply.failure.code)
  expect(codes).toHaveLength(count)
  expect([...new Set(codes)].sort()).toEqual(['bad-input', 'bad-message', 'unknown-method'])

  if (app) await page.reload()
  await typeSum(page, '2968', '1606')
  await expect(page.getByText('✓ all 4 right')).toBeVisible()
  await page.getByRole('switch', { name: 'H0.2 Out' }).click()
  await expect(page.getByText(/✕ \d of 4 wrong/)).toBeVisible()
  expect(carryscope.enginePid()).toBe(engine)
})
