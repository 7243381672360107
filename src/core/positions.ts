/**
 * Where things stand in a sum `A0.. + B0.. = C0..` of numDigits n. Positions are 0-based, digit 0 is the most significant,
 * and answer digit Ci is predicted one position before it stands: `=` predicts C0.
 */

/** Tokens in a sum, n_ctx. */
export function contextLength(numDigits: number): number {
  return 3 * numDigits + 2
}

/** Position of `+`. */
export function plusPosition(numDigits: number): number {
  return numDigits
}

/** Position of `=`. */
export function equalsPosition(numDigits: number): number {
  return 2 * numDigits + 1
}

/** The position that predicts answer digit `digit`. */
export function answerPosition(digit: number, numDigits: number): number {
  return equalsPosition(numDigits) + digit
}

/** The positions that predict, in the order of the answer's digits. */
export function answerPositions(numDigits: number): number[] {
  return Array.from({ length: numDigits }, (_, digit) => answerPosition(digit, numDigits))
}

/** `A0 A1 .. + B0 B1 .. = C0 C1 ..`, one label for each position. */
export const positionLabels: (numDigits: number) => readonly string[] = remembered((numDigits) => {
  const digits = (letter: string) => Array.from({ length: numDigits }, (_, digit) => `${letter}${digit}`)
  return [...digits('A'), '+', ...digits('B'), '=', ...digits('C')]
})

/**
 * A position by its token and its index, and by the digit that is predicted there, if one is: `C0 · p10, predicts C1`. Token
 * alone is not enough: C1 is predicted where C0 stands.
 */
export function positionName(position: number, numDigits: number): string {
  const digit = position - equalsPosition(numDigits)
  const predicts = digit >= 0 && digit < numDigits ? `, predicts C${digit}` : ''
  return tokenAt(position, numDigits) + predicts
}

/** The same within a sentence: `C0 · p10 (predicts C1)`. */
export function positionInText(position: number, numDigits: number): string {
  const [token, predicts] = positionName(position, numDigits).split(', ')
  return predicts === undefined ? token! : `${token} (${predicts})`
}

/** The same of the position whose token has this label, `C0`. */
export function positionNamed(label: string, numDigits: number): string {
  return positionName(positionLabels(numDigits).indexOf(label), numDigits)
}

/** A position by its token and its index only: `C0 · p10`. */
export function tokenAt(position: number, numDigits: number): string {
  return `${positionLabels(numDigits)[position]} · p${position}`
}

/** `C0 C1 ..`, one label for each answer digit. */
export const digitLabels: (numDigits: number) => readonly string[] = remembered((numDigits) =>
  Array.from({ length: numDigits }, (_, digit) => `C${digit}`),
)

/** Made once for each number: every tensor carries labels, and a keystroke makes dozens of tensors. */
function remembered<T>(make: (numDigits: number) => T): (numDigits: number) => T {
  const made = new Map<number, T>()
  return (numDigits) => {
    const known = made.get(numDigits) ?? make(numDigits)
    made.set(numDigits, known)
    return known
  }
}
