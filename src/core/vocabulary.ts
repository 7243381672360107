import { symbolTexts, type TaskLayout } from './task-layout'

/**
 * The file's token ids in the order of the program's tokens: the twelve symbols first, so that a digit is its own token, then
 * all others as the file has them.
 */
export function vocabularyOrder({ symbols }: TaskLayout, d_vocab: number): number[] {
  const others = Array.from({ length: d_vocab }, (_, id) => id).filter((id) => !symbols.includes(id))
  return [...symbols, ...others]
}

/** The program's token for a file's token id. */
export function tokenOfId(id: number, { symbols }: TaskLayout): number {
  const symbol = symbols.indexOf(id)
  return symbol >= 0 ? symbol : symbolTexts.length + id - symbols.filter((known) => known < id).length
}

/** What each token means: a symbol, or the file's token id as `#13`. */
export function vocabLabels(layout: TaskLayout, d_vocab: number): readonly string[] {
  return d_vocab === symbolTexts.length
    ? symbolTexts
    : vocabularyOrder(layout, d_vocab).map((id, token) => symbolTexts[token] ?? `#${id}`)
}
