import { lines, text } from './markup'

interface Head {
  readonly title: string
  readonly styles: string
  /** A content security policy; none where it is left out. */
  readonly policy?: string
}

/** How a page begins, up to its body: read at any width, light or dark as the reader's system. */
export function documentHead({ title, styles, policy }: Head): string {
  return lines(
    '<!doctype html>',
    '<html lang="en">',
    '<head>',
    '<meta charset="utf-8">',
    ...(policy === undefined ? [] : [`<meta http-equiv="Content-Security-Policy" content="${policy}">`]),
    '<meta name="viewport" content="width=device-width, initial-scale=1">',
    '<meta name="color-scheme" content="light dark">',
    `<title>${text(title)}</title>`,
    `<style>${styles}</style>`,
    '</head>',
    '<body>',
  )
}

/** Data of a page as JSON, in which no text ends the element. */
export function* jsonElement(id: string, pieces: Iterable<string>): Generator<string> {
  yield `<script type="application/json" id="${id}">`
  for (const piece of pieces) yield piece.replaceAll('<', '\\u003c')
  yield '</script>\n'
}
