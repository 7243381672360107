import type { Command } from './command'

/** How well a typed word fits a command, best first: what it is called counts before what it is about, and that before its text. */
const fits = {
  called: 0,
  calledSo: 1,
  about: 2,
  aboutSo: 3,
  text: 4,
  within: 5,
  aboutWithin: 6,
  none: Infinity,
} as const

/** Words that say nothing by themselves: a label that has them is not longer for it. */
const fillers: ReadonlySet<string> = new Set('go to the a another of this in at as with by and'.split(' '))

/**
 * The commands that hold every word of what was typed. First the one that is called just that, then those whose worst word fits best,
 * of these the ones with the words in their order, then those that are called little else, then those that begin so: what is typed
 * and nothing more comes first of all. Where a name tells what it stands in, `Dataset › Statistics`, only the last part counts as
 * such. Heads may be written `H0.1`, `0.1` or `L0H1`.
 */
export function matching(all: readonly Command[], typed: string): readonly Command[] {
  const words = wordsOf(typed)
  if (words.length === 0) return typed.trim() === '' ? all : []
  const isAll = ({ label }: Command) => label.toLowerCase() === typed.trim().toLowerCase()
  const ranked = all.map((command) => ({ command, rank: isAll(command) ? [-1] : rankOf(command, words) }))
  return ranked
    .filter(({ rank: [fit] }) => fit! < fits.none)
    .sort(({ rank: one }, { rank: other }) => difference(one, other))
    .map(({ command }) => command)
}

/** The least first, in every respect from the first on. */
type Rank = readonly number[]

function difference(one: Rank, other: Rank): number {
  const at = one.findIndex((part, index) => part !== other[index])
  return at < 0 ? 0 : one[at]! - other[at]!
}

function rankOf(command: Command, typed: readonly string[]): Rank {
  const { called, name, ...known } = knownOf(command)
  const places = typed.map((word) => called.findIndex((other) => begins(other, word)))
  const isOrdered = places.every((place, index) => index === 0 || place > places[index - 1]!)
  const isTyped = name.map((other) => typed.some((word) => begins(other, word)))
  return [
    Math.max(...typed.map((word) => fitOf(word, known))),
    isOrdered ? 0 : 1,
    isTyped.filter((one) => !one).length,
    isTyped[0] ? 0 : 1,
  ]
}

/** The words of a command. */
interface Known {
  /** Of its label. */
  readonly called: readonly string[]
  /** Of the label's last part, as far as they say something. */
  readonly name: readonly string[]
  readonly names: readonly string[]
  readonly about: readonly string[]
  readonly text: readonly string[]
}

// A command is asked about at every letter that is typed.
const knownOfCommand = new WeakMap<Command, Known>()

function knownOf(command: Command): Known {
  const known = knownOfCommand.get(command) ?? readWords(command)
  knownOfCommand.set(command, known)
  return known
}

function readWords({ label, words = '', text = '', isSentence = false }: Command): Known {
  const called = wordsOf(label)
  return {
    called,
    name: wordsOf(label.split(' › ').at(-1)!).filter((other) => !fillers.has(other)),
    names: isSentence ? [] : called,
    about: [...(isSentence ? called : []), ...wordsOf(words)],
    text: wordsOf(text),
  }
}

function fitOf(word: string, { names, about, text }: Pick<Known, 'names' | 'about' | 'text'>): number {
  if (names.some((other) => isSame(other, word))) return fits.called
  if (names.some((other) => begins(other, word))) return fits.calledSo
  if (about.some((other) => isSame(other, word))) return fits.about
  if (about.some((other) => begins(other, word))) return fits.aboutSo
  if (text.some((other) => begins(other, word))) return fits.text
  if (names.some((other) => other.includes(word))) return fits.within
  return about.some((other) => other.includes(word)) ? fits.aboutWithin : fits.none
}

function begins(other: string, word: string): boolean {
  return other.startsWith(word) || isSame(other, word)
}

function isSame(one: string, other: string): boolean {
  return singular(one) === singular(other)
}

/** `carry` of `carries`, `head` of `heads`. */
function singular(word: string): string {
  return word.length > 3 ? word.replace(/ies$/, 'y').replace(/([^s])s$/, '$1') : word
}

function wordsOf(text: string): readonly string[] {
  const lower = text.toLowerCase().replaceAll('colour', 'color')
  const heads = lower.replaceAll(/\b(?:l(\d)h|h?(\d)\.)(\d)\b/g, 'h$1$2.$3')
  return heads.match(/[\p{L}\p{N}_.²]*[\p{L}\p{N}²]/gu) ?? []
}
