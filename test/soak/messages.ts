import { once } from 'node:events'
import { connect } from 'node:net'
import type { Reply } from '../../src/contract/rpc-message'
import { decodeMessage, encodeMessage } from '../../src/contract/wire'
import { fc } from '../support/arbitraries'
import { malformedFrames, malformedUpgrades, sendBelow } from '../support/hostile'
import { malformedMessage } from '../support/malformed'
import { openSocket } from '../support/serve-client'
import { tallyOf, type Tally } from './tally'

/** Sends messages that break the contract: each has to be refused with a code and a short sentence. */
export async function malformedMessages(url: string, count: number, seed: number): Promise<Tally> {
  const tally = tallyOf('malformed messages')
  const messages = Array.from(
    { length: count },
    (_, id) => fc.sample(malformedMessage(id), { numRuns: 1, seed: seed + id })[0],
  )
  const socket = openSocket(url)
  await once(socket, 'open')
  const all = new Promise<void>((resolve) => {
    let answers = 0
    socket.on('message', (data: Buffer) => {
      const { from, message } = decodeMessage(data) as { from: string; message: Reply }
      if (from !== 'engine') return
      const refused = message.kind === 'refusal' || message.kind === 'failure'
      if (!refused || message.failure.code === 'internal' || message.failure.message.length > 300) tally.wrong++
      if (++answers === count) resolve()
    })
    socket.on('close', () => {
      tally.lost += count - answers
      resolve()
    })
  })
  for (const message of messages) {
    tally.tried++
    socket.send(encodeMessage({ to: 'engine', message }))
  }
  await all
  socket.removeAllListeners('close')
  socket.terminate()
  return tally
}

/** Sends frames and upgrades that are none, each over a connection of its own. */
export async function malformedConnections(url: string, count: number, seed: number): Promise<Tally> {
  const tally = tallyOf('malformed frames and upgrades')
  const frame = fc.oneof(
    fc.constantFrom(...malformedFrames).map((bytes) => Uint8Array.from(bytes)),
    fc.uint8Array({ minLength: 2, maxLength: 40 }),
  )
  for (const bytes of fc.sample(frame, { numRuns: count, seed })) {
    tally.tried++
    // Most are reset at once: what a server answers to them is the tests' concern.
    if (tally.tried % 10 === 0) await sendBelow(url, bytes, 50)
    else await resetAfter(url, tally.tried % 2 === 0 ? bytes : malformedUpgrades(url)[tally.tried % 8]!)
  }
  return tally
}

async function resetAfter(url: string, bytes: string | Uint8Array): Promise<void> {
  const { hostname, port } = new URL(url)
  const socket = connect(Number(port), hostname)
  socket.on('error', () => {})
  await once(socket, 'connect')
  const closed = once(socket, 'close')
  socket.write(bytes, () => socket.resetAndDestroy())
  await closed
}
