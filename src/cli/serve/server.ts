import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import { WebSocketServer } from 'ws'
import { BadInput } from '../../core/bad-input'
import type { Handlers } from '../../contract/rpc-server'
import { socketPath } from '../../contract/served-message'
import { encodeMessage } from '../../contract/wire'
import { admit } from './gate'
import { pageFile, policyOf } from './page-files'
import { servePage } from './page-socket'

export interface ServeOptions {
  /** 0 for any free one. */
  readonly port: number
  readonly token: string
  /** The folder of the built page, absolute. */
  readonly pageFolder: string
  readonly sessionPath: string
  readonly handlers: Handlers
}

export interface PageServer {
  readonly url: string
  /** Tells every open page a sentence. */
  notify(sentence: string): void
  close(): void
}

const loopback = '127.0.0.1'
/** Enough for a dropped model file. */
const largestMessage = 256 * 2 ** 20

/** Serves the page and its socket on this machine only. Throws BadInput where the port is taken. */
export async function startServer(options: ServeOptions): Promise<PageServer> {
  const policy = policyOf(options.pageFolder)
  const server = createServer((request, response) => void answer(request, response, options, policy))
  const sockets = new WebSocketServer({ noServer: true, maxPayload: largestMessage, perMessageDeflate: false })
  server.on('upgrade', (request, connection, head) => {
    const admitted = admit(request, options.token)
    if ('refusal' in admitted || admitted.path !== socketPath || request.headers.origin === undefined)
      connection.end('HTTP/1.1 403 Forbidden\r\nConnection: close\r\n\r\n')
    else
      sockets.handleUpgrade(request, connection, head, (socket) => {
        servePage(socket, options.handlers, options.sessionPath)
      })
  })
  const port = await listen(server, options.port)
  return {
    url: `http://${loopback}:${port}/${options.token}/`,
    notify: (sentence) => {
      for (const socket of sockets.clients) socket.send(encodeMessage({ from: 'notice', sentence }))
    },
    close: () => {
      for (const socket of sockets.clients) socket.terminate()
      server.close()
      server.closeAllConnections()
    },
  }
}

async function answer(
  request: IncomingMessage,
  response: ServerResponse,
  { token, pageFolder }: ServeOptions,
  policy: string,
): Promise<void> {
  const admitted = admit(request, token)
  if ('refusal' in admitted) {
    response.writeHead(403, { 'Content-Type': 'text/plain; charset=utf-8' }).end(admitted.refusal)
    return
  }
  const file = request.method === 'GET' ? await pageFile(pageFolder, admitted.path) : null
  if (!file) {
    response.writeHead(404, { 'Content-Type': 'text/plain; charset=utf-8' }).end('There is no such page.')
    return
  }
  response.writeHead(200, {
    'Content-Type': file.type,
    'Content-Length': file.bytes.length,
    'Content-Security-Policy': policy,
    'X-Content-Type-Options': 'nosniff',
    'Referrer-Policy': 'no-referrer',
    'Cross-Origin-Opener-Policy': 'same-origin',
    'Cross-Origin-Resource-Policy': 'same-origin',
    'Cache-Control': 'no-store',
  })
  response.end(file.bytes)
}

function listen(server: ReturnType<typeof createServer>, port: number): Promise<number> {
  return new Promise((resolve, reject) => {
    server.once('error', (error: NodeJS.ErrnoException) => {
      const taken = `The port ${port} is already in use: choose another with --port, or leave it out for any free one.`
      reject(error.code === 'EADDRINUSE' ? new BadInput(taken) : error)
    })
    server.listen(port, loopback, () => {
      const address = server.address()
      resolve(typeof address === 'object' && address ? address.port : port)
    })
  })
}
