import { text } from './markup'

/** An SVG document that says what it shows: programs show an SVG's `<title>`, and screen readers read it. */
export function withTitle(svg: string, title: string): string {
  return svg.replace(/<svg\b[^>]*>/, (opening) => `${opening}<title>${text(title)}</title>`)
}
