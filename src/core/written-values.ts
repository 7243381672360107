import { closest } from 'fastest-levenshtein'
import { BadInput } from './bad-input'

/** Throws BadInput naming the nearest choice. */
export function oneOf<T extends string>(choices: readonly T[], kind: string, text: string): T {
  const choice = choices.find((known) => known === text)
  if (choice !== undefined) return choice
  throw new BadInput(
    `There is no ${kind} "${text}"; the nearest is "${closest(text, choices)}" (there are ${choices.join(', ')}).`,
  )
}

/** Reads a whole number between two limits, both included. `what` begins the sentence of the BadInput thrown otherwise. */
export function parseWholeNumber(text: string, what: string, lowest: number, highest: number): number {
  const value = Number(text)
  if (!/^\d+$/.test(text) || value < lowest || value > highest)
    throw new BadInput(`${what} is "${text}", but a whole number from ${lowest} to ${highest} is wanted.`)
  return value
}
