/** A number as it is written, and with how many decimals. */
export interface WrittenNumber {
  readonly value: number
  readonly decimals: number
}

/** What is no number of a model: code, and the names of digits. */
const aside = /`[^`]*`|\b[A-Z]+\d+\b/g

/** The numbers of a text, in order: decimals, whole numbers of four digits, and a 0 or 1 that stands by itself. */
export function writtenNumbers(text: string): WrittenNumber[] {
  return Array.from(text.replaceAll(aside, '').matchAll(numbers), ([written]) => ({
    value: Number(written),
    decimals: written.split('.')[1]?.length ?? 0,
  }))
}

/** The decimals of a page that stand in none of these pieces of it. */
export function unclaimedNumbers(page: string, pieces: readonly string[]): string[] {
  const rest = pieces.reduce((text, piece) => text.replaceAll(piece, ''), page)
  return rest.replaceAll(/`[^`]*`|```[^]*?```/g, '').match(/(?<![\w.])-?\d*\.\d+/g) ?? []
}

const numbers = /(?<![\w.])-?(?:\d*\.\d+|\d{4}|0)(?![\w.]*\d)/g
