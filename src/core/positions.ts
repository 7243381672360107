import { contextLength, type TaskLayout } from './task-layout'

/**
 * Where things stand in a sum `A0.. + B0.. = C0..`. Positions are 0-based and count the tokens before the sum. Digit 0 is the
 * most significant wherever it is written, and an answer digit is predicted one position before it stands: `=` predicts C0
 * where the answer is written most significant digit first.
 */

/** Position of A0. */
export function operandPosition({ before }: TaskLayout): number {
  return before.length
}

/** Position of `+`. */
export function plusPosition({ before, operandDigits }: TaskLayout): number {
  return before.length + operandDigits
}

/** Position of `=`, the first that predicts. */
export function equalsPosition({ before, operandDigits }: TaskLayout): number {
  return before.length + 2 * operandDigits + 1
}

/** The position that predicts answer digit `digit`. */
export function answerPosition(digit: number, layout: TaskLayout): number {
  return equalsPosition(layout) + writtenOrder(digit, layout)
}

/** The positions that predict, in the order of the answer's digits. */
export function answerPositions(layout: TaskLayout): number[] {
  return Array.from({ length: layout.answerDigits }, (_, digit) => answerPosition(digit, layout))
}

/**
 * The last position that predicts, after which nothing reads what stands there. An answer may begin with its last digit, so it
 * need not predict that one.
 */
export function lastPredictingPosition(layout: TaskLayout): number {
  return equalsPosition(layout) + layout.answerDigits - 1
}

/** The answer digit that is predicted at a position, or null. */
export function digitPredictedAt(position: number, layout: TaskLayout): number | null {
  const written = position - equalsPosition(layout)
  return written >= 0 && written < layout.answerDigits ? writtenOrder(written, layout) : null
}

/** How many digits of the answer are written before digit `digit`; the same the other way round. */
function writtenOrder(digit: number, { answerDigits, answerOrder }: TaskLayout): number {
  return answerOrder === 'mostSignificantFirst' ? digit : answerDigits - 1 - digit
}

const labelsOfLayout = new WeakMap<TaskLayout, readonly string[]>()

/** `A0 A1 .. + B0 B1 .. = C0 C1 ..`, one label for each position; `S0 S1 ..` for the tokens before a sum. */
export function positionLabels(layout: TaskLayout): readonly string[] {
  const known = labelsOfLayout.get(layout) ?? listLabels(layout)
  labelsOfLayout.set(layout, known)
  return known
}

function listLabels(layout: TaskLayout): readonly string[] {
  const { before, operandDigits, answerDigits } = layout
  const digits = (letter: string, count: number) => Array.from({ length: count }, (_, digit) => `${letter}${digit}`)
  const answer = digits('C', answerDigits)
  return [
    ...digits('S', before.length),
    ...digits('A', operandDigits),
    '+',
    ...digits('B', operandDigits),
    '=',
    ...answer.map((_, written) => answer[writtenOrder(written, layout)]!),
  ]
}

/**
 * A position by its token and its index, and by the digit that is predicted there, if one is: `C0 · p10, predicts C1`. Token
 * alone is not enough: C1 is predicted where C0 stands.
 */
export function positionName(position: number, layout: TaskLayout): string {
  const digit = digitPredictedAt(position, layout)
  return tokenAt(position, layout) + (digit === null ? '' : `, predicts C${digit}`)
}

/** The same within a sentence: `C0 · p10 (predicts C1)`. */
export function positionInText(position: number, layout: TaskLayout): string {
  const [token, predicts] = positionName(position, layout).split(', ')
  return predicts === undefined ? token! : `${token} (${predicts})`
}

/** The same of the position whose token has this label, `C0`. */
export function positionNamed(label: string, layout: TaskLayout): string {
  return positionName(positionLabels(layout).indexOf(label), layout)
}

/** A position by its token and its index only: `C0 · p10`. */
export function tokenAt(position: number, layout: TaskLayout): string {
  return `${positionLabels(layout)[position]} · p${position}`
}

/** Runs of positions that belong together, first operand to answer, `end` exclusive. */
export function positionGroups(layout: TaskLayout): readonly { letter: string; start: number; end: number }[] {
  const [a, plus, equals] = [operandPosition(layout), plusPosition(layout), equalsPosition(layout)]
  const groups = [
    { letter: 'S', start: 0, end: a },
    { letter: 'A', start: a, end: plus },
    { letter: '+', start: plus, end: plus + 1 },
    { letter: 'B', start: plus + 1, end: equals },
    { letter: '=', start: equals, end: equals + 1 },
    { letter: 'C', start: equals + 1, end: contextLength(layout) },
  ]
  return groups.filter(({ start, end }) => end > start)
}

/** Where one group ends and the next begins: before `+`, B, `=` and C, and before A where tokens stand before the sum. */
export function groupBoundaries(layout: TaskLayout): readonly number[] {
  return positionGroups(layout)
    .slice(1)
    .map(({ start }) => start)
}

const labelsOfCount = new Map<number, readonly string[]>()

/** `C0 C1 ..`, one label for each answer digit. Made once: every tensor carries labels, and a keystroke makes dozens of tensors. */
export function digitLabels(answerDigits: number): readonly string[] {
  const known = labelsOfCount.get(answerDigits) ?? Array.from({ length: answerDigits }, (_, digit) => `C${digit}`)
  labelsOfCount.set(answerDigits, known)
  return known
}
