/** How wide a line of a snippet may be. */
const width = 110

/** A Python text. */
export function quoted(text: string): string {
  return JSON.stringify(text)
}

/** `[one, two]`, or one to a line where that is too wide for a line that begins with `before` and ends with `after`. */
export function listed(items: readonly string[], { before = '', after = '' } = {}): string {
  const line = `[${items.join(', ')}]`
  if (items.every((item) => !item.includes('\n')) && before.length + line.length + after.length <= width) return line
  return `[\n${indented(items.map((item) => `${item},`).join('\n'))}\n]`
}

/** Lines, those that are left out aside. */
export function lines(...parts: readonly (string | false | undefined)[]): string {
  return parts.filter((part) => typeof part === 'string').join('\n')
}

export function indented(code: string): string {
  return code.replaceAll(/^(?=.)/gm, '    ')
}

/** `result = {…}`, in the order of the entries; code with several lines may stand in them. */
export function resultOf(entries: Readonly<Record<string, string>>): string {
  const items = Object.entries(entries).map(([name, code]) => `${quoted(name)}: ${code},`)
  return `result = {\n${indented(items.join('\n'))}\n}`
}
