import { closest, distance } from 'fastest-levenshtein'

/** Reads an option that may be repeated: all its values, in order. */
export function collect(text: string, before: readonly string[] = []): readonly string[] {
  return [...before, text]
}

/** The name that a misspelt one stands for; null where none is near enough to be meant. */
export function nearest(text: string, names: readonly string[]): string | null {
  const name = closest(text, names)
  return distance(text, name) <= Math.max(1, Math.floor(name.length / 2)) ? name : null
}
