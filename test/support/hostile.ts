import { randomBytes } from 'node:crypto'
import { once } from 'node:events'
import { connect, type Socket } from 'node:net'
import { WebSocket } from 'ws'
import { encodeMessage } from '../../src/contract/wire'
import { openSocket } from './serve-client'

// What another program of this machine, or a page of another origin in its browser, can send to a server. Nothing here needs more
// than a loopback connection, and each resolves when the server has dealt with it.

/** Sends bytes as they are and waits for the connection to end, or resets it as soon as there is an answer. */
export async function sendRaw(url: string, bytes: string | Uint8Array, { reset = false } = {}): Promise<string> {
  const { hostname, port } = new URL(url)
  const socket: Socket = connect(Number(port), hostname)
  socket.on('error', () => {})
  let answer = ''
  const closed = new Promise<void>((resolve) => socket.once('close', resolve))
  socket.on('data', (part: Buffer) => {
    answer += part.toString('latin1')
    if (reset) socket.resetAndDestroy()
  })
  socket.write(bytes)
  const patience = setTimeout(() => socket.destroy(), 1000)
  await closed
  clearTimeout(patience)
  return answer
}

/** A request line and headers, with whatever is wrong with them. */
export function requestOf(url: string, target: string, headers: Readonly<Record<string, string>> = {}): string {
  const all = { Host: new URL(url).host, ...headers }
  const lines = Object.entries(all).map(([name, value]) => `${name}: ${value}\r\n`)
  return `GET ${target} HTTP/1.1\r\n${lines.join('')}\r\n`
}

/** Upgrades that fail at every step of a handshake. */
export function malformedUpgrades(url: string): string[] {
  const { origin, pathname } = new URL(url)
  const good = {
    Connection: 'Upgrade',
    Upgrade: 'websocket',
    Origin: origin,
    'Sec-WebSocket-Key': randomBytes(16).toString('base64'),
    'Sec-WebSocket-Version': '13',
  }
  const target = `${pathname}socket`
  return [
    requestOf(url, '//', good),
    requestOf(url, 'http://[', good),
    requestOf(url, target, { ...good, 'Sec-WebSocket-Key': 'short' }),
    requestOf(url, target, { ...good, 'Sec-WebSocket-Version': '99' }),
    requestOf(url, target, { ...good, Upgrade: 'nothing' }),
    requestOf(url, target, { ...good, 'Sec-WebSocket-Protocol': ',,' }),
    requestOf(url, target, { ...good, Origin: 'http://elsewhere.example' }),
    requestOf(url, '/nothing/socket', good),
  ]
}

/** Bytes that are no frame of a WebSocket: reserved bits and opcodes, lengths that lie, no mask, bad text, bad close codes. */
export const malformedFrames: readonly (readonly number[])[] = [
  [0xf2, 0x80, 0, 0, 0, 0],
  [0x83, 0x80, 0, 0, 0, 0],
  [0x82, 0x05, 1, 2, 3, 4, 5],
  [0x82, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff],
  [0x82, 0xff, 0, 0, 0, 0, 0x20, 0, 0, 0, 0, 0, 0, 0],
  [0x81, 0x82, 0, 0, 0, 0, 0xc3, 0x28],
  [0x88, 0x82, 0, 0, 0, 0, 0x00, 0x01],
  [0x88, 0x81, 0, 0, 0, 0, 0x00],
  [0x89, 0xfe, 0x01, 0x00, 0, 0, 0, 0],
  [0x80, 0x80, 0, 0, 0, 0],
  [0x09, 0x80, 0, 0, 0, 0],
]

/** Sends bytes below a connection that was opened as a page would, and waits until the server ends it. */
export async function sendBelow(url: string, bytes: Uint8Array, patienceMs = 1000): Promise<void> {
  const socket = openSocket(url)
  socket.on('error', () => {})
  await once(socket, 'open')
  const closed = once(socket, 'close')
  ;(socket as unknown as { _socket: Socket })._socket.write(bytes)
  const patience = setTimeout(() => {
    socket.terminate()
  }, patienceMs)
  await closed
  clearTimeout(patience)
}

/** Opens a connection, sends a message that the page never would, and gives back the code it was closed with, or its answer. */
export async function sendWhole(url: string, message: unknown): Promise<number | Uint8Array> {
  const socket: WebSocket = openSocket(url)
  socket.on('error', () => {})
  await once(socket, 'open')
  const answered = new Promise<number | Uint8Array>((resolve) => {
    socket.on('close', resolve)
    socket.on('message', resolve)
  })
  socket.send(encodeMessage(message))
  const answer = await answered
  socket.terminate()
  return answer
}
