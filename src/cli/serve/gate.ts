import { timingSafeEqual } from 'node:crypto'
import type { IncomingMessage } from 'node:http'

/**
 * The names a loopback server may be addressed by. Any other Host means that a foreign name was pointed at this machine
 * (DNS rebinding). The port may differ from ours, at the near end of an SSH tunnel.
 */
const loopbackNames = ['127.0.0.1', 'localhost', '[::1]']

/**
 * Why a request is refused, or the path it asks for, without the token, and its query. The token is the path's first part, so that every
 * relative address of the page carries it. A page of another origin is refused even if it knows the token.
 */
export function admit(
  request: IncomingMessage,
  token: string,
): { path: string; query: URLSearchParams } | { refusal: string } {
  const host = request.headers.host ?? ''
  if (!loopbackNames.includes(host.replace(/:\d+$/, ''))) return { refusal: `The host "${host}" is not this machine.` }
  const { origin } = request.headers
  if (origin !== undefined && origin !== `http://${host}`)
    return { refusal: `The origin "${origin}" is not this page.` }
  const asked = request.url ?? '/'
  if (!URL.canParse(asked, 'http://127.0.0.1'))
    return { refusal: 'The address is none; use the one that Carryscope printed.' }
  const { pathname, searchParams: query } = new URL(asked, 'http://127.0.0.1')
  const [, given = '', ...rest] = pathname.split('/')
  if (!sameText(given, token) || rest.length === 0)
    return { refusal: 'The address lacks its token; use the whole address that Carryscope printed.' }
  return { path: decoded(rest.join('/')), query }
}

/** Compares without telling by its duration how much was right. */
function sameText(one: string, other: string): boolean {
  const [a, b] = [Buffer.from(one), Buffer.from(other)]
  return a.length === b.length && timingSafeEqual(a, b)
}

/** A malformed escape names no file. */
function decoded(path: string): string {
  try {
    return decodeURIComponent(path)
  } catch {
    return '\0'
  }
}
