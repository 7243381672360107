import { readFileSync } from 'node:fs'
import { readFile } from 'node:fs/promises'
import { extname, join, normalize, sep } from 'node:path'

export interface PageFile {
  readonly type: string
  readonly bytes: Uint8Array
}

const types: Readonly<Record<string, string>> = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.svg': 'image/svg+xml',
  '.png': 'image/png',
  '.woff2': 'font/woff2',
  '.json': 'application/json',
}

/** A file of the built page by its path within the folder, `''` for the page itself; null for anything else. */
export async function pageFile(folder: string, path: string): Promise<PageFile | null> {
  const full = normalize(join(folder, path === '' ? 'index.html' : path))
  const type = types[extname(full)]
  if (!full.startsWith(folder + sep) || type === undefined) return null
  const bytes = await readFile(full).catch(() => null)
  return bytes && { type, bytes }
}

/**
 * The page's own content security policy, to be sent as a header too, where it can also forbid being framed. Throws where
 * the page has none: it is then not ours.
 */
export function policyOf(folder: string): string {
  const html = readFileSync(join(folder, 'index.html'), 'utf8')
  const policy = /http-equiv="Content-Security-Policy"\s+content="([^"]+)"/.exec(html)?.[1]
  if (policy === undefined) throw new Error(`The page in ${folder} has no content security policy; build it again.`)
  return `${policy}; frame-ancestors 'none'`
}
