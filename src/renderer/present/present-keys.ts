import { chordOf, digitOf, type KeyPress } from '../shell/chord'

/** What a key, or a button of a clicker, does while a deck is presented. */
type PlainAction = 'next' | 'back' | 'first' | 'last' | 'reset' | 'black' | 'clock' | 'end' | 'notes' | 'nothing'

/** The same with the place that a spotlight is put on. */
export type PresentAction = { readonly does: PlainAction } | { readonly does: 'spotlight'; readonly place: number }

/**
 * Keys by what they write. Clickers are keyboards: they send PgUp and PgDn, `.` or `b` for black, and F5 and Esc to begin and to end.
 * F5 does nothing once the talk runs, least of all load the page again.
 */
const actions: Readonly<Record<string, PlainAction>> = {
  ' ': 'next',
  Enter: 'next',
  ArrowRight: 'next',
  ArrowDown: 'next',
  PageDown: 'next',
  ArrowLeft: 'back',
  ArrowUp: 'back',
  PageUp: 'back',
  Backspace: 'back',
  Home: 'first',
  End: 'last',
  R: 'reset',
  '.': 'black',
  B: 'black',
  K: 'clock',
  N: 'notes',
  Escape: 'end',
  F5: 'nothing',
}

/** What a key does; null where it is left to whatever has the focus. `typing` is whether that is a digit of the sum. */
export function presentAction(press: KeyPress, typing: boolean): PresentAction | null {
  if (press.ctrlKey || press.metaKey || press.altKey) return null
  const digit = digitOf(press)
  if (digit !== null) return typing ? null : { does: 'spotlight', place: digit }
  const chord = chordOf(press)
  if (typing && !['PageDown', 'PageUp', 'Escape', 'F5'].includes(chord)) return null
  const does = actions[chord]
  return does ? { does } : null
}
