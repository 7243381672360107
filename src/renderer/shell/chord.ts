/** What of a keyboard event says which key was meant. */
export type KeyPress = Pick<
  KeyboardEvent,
  'key' | 'code' | 'ctrlKey' | 'metaKey' | 'altKey' | 'shiftKey' | 'getModifierState'
>

/**
 * The key that a person meant, as the table of commands writes it. By meaning: the letter that the keyboard writes counts,
 * wherever it lies. Only a keyboard that writes no Latin letter there (Cyrillic, Greek, or Alt on a Mac) is read by the key's
 * place. A character that needs AltGr is that character and no chord.
 */
export function chordOf(press: KeyPress): string {
  const { shiftKey, key } = press
  const [mod, alt] = [isMod(press), isAlt(press)]
  if (!mod && !alt) return letterOf(press) ?? key
  const parts = [mod && 'Mod', alt && 'Alt', shiftKey && 'Shift', letterOf(press) ?? key]
  return parts.filter(Boolean).join('+')
}

/**
 * The digit that was meant, or null. A row that writes digits with Shift only (AZERTY, Czech) writes them without too, where
 * the character it has there is none that means something here; with Alt every row does, and with AltGr none.
 */
export function digitOf(press: KeyPress): number | null {
  if (isMod(press)) return null
  if (/^[0-9]$/.test(press.key)) return Number(press.key)
  const byPlace = /^(?:Digit|Numpad)([0-9])$/.exec(press.code)?.[1]
  if (byPlace === undefined || isAltGraph(press)) return null
  const isWriting = press.code.startsWith('Numpad') || press.shiftKey || '+[]?'.includes(press.key)
  return isWriting && !isAlt(press) ? null : Number(byPlace)
}

export function isAlt(press: KeyPress): boolean {
  return press.altKey && !isAltGraph(press)
}

function isMod(press: KeyPress): boolean {
  return (press.ctrlKey || press.metaKey) && !isAltGraph(press)
}

/** Windows tells AltGr as Ctrl and Alt together. */
function isAltGraph(press: KeyPress): boolean {
  return press.getModifierState('AltGraph') || (press.ctrlKey && press.altKey && press.key.length === 1)
}

function letterOf(press: KeyPress): string | undefined {
  const { key, code } = press
  if (/^[a-z]$/i.test(key)) return key.toUpperCase()
  // Punctuation of a Latin keyboard stays what it is: where Q lies, some have a comma.
  const writesNoLatin = key.length === 1 && key.codePointAt(0)! > 127 && !isAltGraph(press)
  return writesNoLatin ? /^Key([A-Z])$/.exec(code)?.[1] : undefined
}
