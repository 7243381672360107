import { spawn, type ChildProcess } from 'node:child_process'
import { randomUUID } from 'node:crypto'
import { once } from 'node:events'
import { join } from 'node:path'
import { WebSocket } from 'ws'
import { connectEngine, type EngineConnection } from '../../src/contract/rpc-client'
import { socketAddress, socketPath } from '../../src/contract/served-message'
import { socketBridge, type SocketBridge } from '../../src/contract/socket-bridge'
import { bridgePort } from './bridge-port'
import { root } from './installed'

/** A built `serve` that runs as a process of its own. */
export interface RunningServe {
  readonly process: ChildProcess
  readonly url: string
  /** What it has printed to stderr so far. */
  readonly told: () => string
  /** Ends it as Ctrl-C would and waits. */
  stop(): Promise<void>
}

/** Starts the built `serve`, or a command that does so, and waits for its address. */
export async function startServe(
  args: readonly string[] = [],
  { env = process.env, command = process.execPath, before = [] as readonly string[] } = {},
): Promise<RunningServe> {
  const cli = join(root, 'out/main/cli.js')
  const child = spawn(command, [...before, cli, 'serve', '--no-open', ...args], { cwd: root, env })
  let told = ''
  child.stderr.on('data', (part) => (told += String(part)))
  const ended = once(child, 'exit')
  let printed = ''
  const url = await new Promise<string>((resolve, reject) => {
    child.stdout.on('data', (part) => {
      printed += String(part)
      const address = /http:\/\/127\.0\.0\.1:\d+\/\S*/.exec(printed)
      if (address) resolve(address[0])
    })
    child.on('exit', () => {
      reject(new Error(`serve ended before it printed an address: ${told}`))
    })
  })
  return {
    process: child,
    url,
    told: () => told,
    stop: async () => {
      if (child.exitCode === null && child.signalCode === null) child.kill('SIGINT')
      await ended
    },
  }
}

/** A page's connection to a server, without a page. */
export interface PageClient {
  /** The socket that it has now. */
  readonly socket: () => WebSocket
  readonly bridge: SocketBridge
  readonly engine: EngineConnection
  /** The sentences it was told. */
  readonly notices: readonly string[]
}

export function connectPage(url: string, page: string = randomUUID()): PageClient {
  let socket: WebSocket | undefined
  const bridge = socketBridge((again) => (socket = openSocket(url, socketAddress(page, again))))
  const notices: string[] = []
  bridge.onNotice((sentence) => notices.push(sentence))
  return { socket: () => socket!, bridge, engine: connectEngine(bridgePort(bridge), { reopens: true }), notices }
}

/** A bare socket, as the page at the address would open it. */
export function openSocket(url: string, path: string = socketPath): WebSocket {
  const address = new URL(path, url)
  return new WebSocket(String(address).replace('http:', 'ws:'), { origin: address.origin })
}
