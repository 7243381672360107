/** Text as it stands in HTML, also in attributes. */
export function text(content: string): string {
  return content.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;').replaceAll('"', '&quot;')
}

/** One line of a list of terms; the description is HTML. */
export function term(name: string, html: string): string {
  return `<div><dt>${name}</dt><dd>${html}</dd></div>`
}

export function lines(...texts: readonly string[]): string {
  return texts.map((line) => `${line}\n`).join('')
}
