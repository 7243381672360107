import { randomUUID } from 'node:crypto'
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import { WebSocketServer } from 'ws'
import { BadInput } from '../../core/bad-input'
import { largestMessage, socketPath } from '../../contract/served-message'
import { admit } from './gate'
import { mostPages, type PageEngines } from './page-engines'
import { pageFile, policyOf } from './page-files'
import { servePage } from './page-socket'

export interface ServeOptions {
  /** 0 for any free one. */
  readonly port: number
  readonly token: string
  /** The folder of the built page, absolute. */
  readonly pageFolder: string
  readonly sessionPath: string
  readonly engines: PageEngines
}

export interface PageServer {
  readonly url: string
  close(): void
}

const loopback = '127.0.0.1'
/** Serves the page and its socket on this machine only. Throws BadInput where the port is taken. */
export async function startServer(options: ServeOptions): Promise<PageServer> {
  const policy = policyOf(options.pageFolder)
  const server = createServer((request, response) => {
    answer(request, response, options, policy).catch(() => response.destroy())
  })
  // A connection that is reset ends itself alone, whatever it had become by then.
  server.on('connection', (connection) => connection.on('error', () => {}))
  const sockets = new WebSocketServer({ noServer: true, maxPayload: largestMessage, perMessageDeflate: false })
  server.on('upgrade', (request, connection, head) => {
    const admitted = admit(request, options.token)
    if ('refusal' in admitted || admitted.path !== socketPath || request.headers.origin === undefined)
      connection.end('HTTP/1.1 403 Forbidden\r\nConnection: close\r\n\r\n')
    else
      sockets.handleUpgrade(request, connection, head, (socket) => {
        // What is no frame closes the connection with the code that says why.
        socket.on('error', () => {})
        const { query } = admitted
        if (!servePage(socket, query.get('page') ?? randomUUID(), query.has('again'), options))
          socket.close(
            1013,
            `${mostPages} windows are open on this Carryscope already; close one of them, then reload this page.`,
          )
      })
  })
  const port = await listen(server, options.port)
  return {
    url: `http://${loopback}:${port}/${options.token}/`,
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
      // No connection can be accepted for now, as when all file descriptors are in use: those that are open go on.
      server.on('error', () => {})
      const address = server.address()
      resolve(typeof address === 'object' && address ? address.port : port)
    })
  })
}
