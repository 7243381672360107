import { readFile } from 'node:fs/promises'
import { extname, join, sep } from 'node:path'
import { appOrigin } from './app-scheme'

/** Of the page's own tag, all but the socket that a served page needs. */
const policy = [
  "default-src 'none'",
  "script-src 'self'",
  "style-src 'self'",
  "font-src 'self'",
  "img-src 'self' data: blob:",
  "connect-src 'self'",
  "base-uri 'none'",
  "form-action 'none'",
  "frame-ancestors 'none'",
].join('; ')

const types: Readonly<Record<string, string>> = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.woff2': 'font/woff2',
  '.svg': 'image/svg+xml',
  '.png': 'image/png',
}

/**
 * Answers a request for a file of the built page in `folder`, which may lie in the app's archive. Nothing but that folder's files of
 * known kinds is given out, and only to be read: other hosts and what is not there are 404, other methods 405.
 */
export async function servePage(folder: string, request: Request): Promise<Response> {
  if (request.method !== 'GET') return refusal(405)
  const path = pathOf(folder, request.url)
  const type = path === null ? undefined : types[extname(path)]
  if (path === null || type === undefined) return refusal(404)
  try {
    const bytes = await readFile(path)
    return new Response(bytes, {
      headers: { 'content-type': type, 'content-security-policy': policy, 'x-content-type-options': 'nosniff' },
    })
  } catch {
    return refusal(404)
  }
}

/** The file below `folder` that an address means; null where it means none. */
function pathOf(folder: string, url: string): string | null {
  try {
    const { protocol, host, pathname } = new URL(url)
    if (`${protocol}//${host}` !== appOrigin) return null
    const name = decodeURIComponent(pathname)
    // A backslash separates folders on Windows, and a zero byte ends a name in the system's own functions.
    if (/[\\\0:]/.test(name)) return null
    const path = join(folder, name)
    return path.startsWith(folder + sep) ? path : null
  } catch {
    return null
  }
}

function refusal(status: number): Response {
  return new Response(null, { status })
}
