import { BadInput } from '../../core/bad-input'

/** As deep as the reference implementation's JSON reader goes. */
const deepest = 127

/**
 * What JSON.parse lets pass and the format's reference implementation does not: a name that stands twice in one object, a
 * size written as a fraction, half a surrogate pair, and nesting without end. `text` is JSON. Throws BadInput.
 */
export function checkHeaderText(file: string, text: string): void {
  /** The names so far of each object that is open; null for a list. */
  const open: (Set<string> | null)[] = []
  let previous = ''
  for (const [token] of text.matchAll(/"(?:[^"\\]|\\.)*"|[{}[\]:,]|[^\s"{}[\]:,]+/g)) {
    if (token === '{' || token === '[') open.push(token === '{' ? new Set() : null)
    if (token === '}' || token === ']') open.pop()
    if (open.length > deepest) throw refusal(file, 'nests too deeply')
    if (/^-?\d/.test(token) && !/^\d+$/.test(token))
      throw refusal(file, `has the number ${token.slice(0, 20)} where sizes are whole`)
    if (token.startsWith('"')) {
      const value = JSON.parse(token) as string
      if (/\p{Surrogate}/u.test(value)) throw refusal(file, 'has text that is not Unicode')
      const names = open.at(-1)
      if (names && (previous === '{' || previous === ',')) {
        if (names.has(value)) throw refusal(file, `describes "${value.slice(0, 60)}" twice`)
        names.add(value)
      }
    }
    previous = token
  }
}

function refusal(file: string, fault: string): BadInput {
  return new BadInput(`The header of "${file}" ${fault}; the file is damaged, so save or copy it again.`)
}
