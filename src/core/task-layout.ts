import { BadInput } from './bad-input'

/**
 * How a model writes an addition problem, and which problems it adds: everything about the task that is not the same for all
 * models. A sum is written `A0.. + B0.. = C0..`, after the tokens of `before`.
 */
export interface TaskLayout {
  /** Digits of each operand, 1 to 8. */
  readonly operandDigits: number
  /** Digits of the answer: as many as an operand has, or one more. An answer that has too many loses the first. */
  readonly answerDigits: number
  readonly answerOrder: AnswerOrder
  /** The largest first digit of an operand: 4, so that the answer has no more digits than the operands, or 9. */
  readonly largestFirstDigit: 4 | 9
  /** The file's token ids of `0` to `9`, `+` and `=`, in this order. */
  readonly symbols: readonly number[]
  /** The file's token ids that stand before the first operand: a start token, padding on the left. */
  readonly before: readonly number[]
}

export const answerOrders = ['mostSignificantFirst', 'leastSignificantFirst'] as const
export type AnswerOrder = (typeof answerOrders)[number]

/** The symbols that a sum is written with. Inside the program they are tokens 0 to 11 whatever their ids in a file. */
export const symbolTexts: readonly string[] = ['0', '1', '2', '3', '4', '5', '6', '7', '8', '9', '+', '=']

/** Digits that operands of the tasks in this family have, lowest and highest. */
export const operandDigitRange = [1, 8] as const

/** The sums that means are taken over and data sets begin with, unless others are asked for. */
export const defaultDataset = { size: 1000, seed: 42 } as const

const published = new Map<number, TaskLayout>()

/** The layout of the published model, for operands of this many digits. */
export function publishedLayout(operandDigits: number): TaskLayout {
  const known = published.get(operandDigits) ?? {
    operandDigits,
    answerDigits: operandDigits,
    answerOrder: 'mostSignificantFirst',
    largestFirstDigit: 4,
    symbols: symbolTexts.map((_, token) => token),
    before: [],
  }
  published.set(operandDigits, known)
  return known
}

/** Whether sums are written, and operands chosen, as the published model's are. */
export function isPublishedLayout(layout: TaskLayout): boolean {
  return JSON.stringify(inOrder(layout)) === JSON.stringify(inOrder(publishedLayout(layout.operandDigits)))
}

/** Whether two layouts are the same. */
export function sameLayout(one: TaskLayout, other: TaskLayout): boolean {
  return JSON.stringify(inOrder(one)) === JSON.stringify(inOrder(other))
}

/** Tokens in a whole sum, its answer included. */
export function contextLength({ operandDigits, answerDigits, before }: TaskLayout): number {
  return before.length + 2 * operandDigits + 2 + answerDigits
}

/** Operands are below this. */
export function operandLimit({ operandDigits, largestFirstDigit }: TaskLayout): number {
  return (largestFirstDigit + 1) * powersOfTen[operandDigits - 1]!
}

/** The answer as a number: a + b, without the digits that the layout has no room for. */
export function answerOf({ a, b }: { readonly a: number; readonly b: number }, { answerDigits }: TaskLayout): number {
  return (a + b) % powersOfTen[answerDigits]!
}

/** How many of the answer's columns, from the first, have no digit of the operands above them: 0 or 1. */
export function columnsBeforeOperands({ operandDigits, answerDigits }: TaskLayout): number {
  return answerDigits - operandDigits
}

/** Looked up, because evaluating every sum asks for each of them, and powers are slow. */
const powersOfTen = Array.from({ length: 12 }, (_, exponent) => 10 ** exponent)

/** Returns the layout if a model with `d_vocab` tokens can have it; otherwise throws BadInput naming what is off. */
export function checkLayout(layout: TaskLayout, d_vocab: number): TaskLayout {
  const { operandDigits, answerDigits, symbols, before } = layout
  const [fewest, most] = operandDigitRange
  if (!Number.isInteger(operandDigits) || operandDigits < fewest || operandDigits > most)
    throw new BadInput(
      `The layout has ${operandDigits} operand digits, but it must be a whole number from ${fewest} to ${most}; choose a model of that size.`,
    )
  if (answerDigits !== operandDigits && answerDigits !== operandDigits + 1)
    throw new BadInput(
      `The layout has ${answerDigits} answer digits for operands of ${operandDigits}, but answers have as many digits or one more; correct answerDigits.`,
    )
  if (symbols.length !== symbolTexts.length || new Set(symbols).size !== symbols.length)
    throw new BadInput(
      `The layout has ${symbols.length} token ids for symbols, but the ten digits, + and = need twelve different ones; correct symbols.`,
    )
  const outside = [...symbols, ...before].find((token) => !Number.isInteger(token) || token < 0 || token >= d_vocab)
  if (outside !== undefined)
    throw new BadInput(
      `The layout names the token id ${outside}, but the vocabulary has the ids 0 to ${d_vocab - 1}; correct symbols and before.`,
    )
  return layout
}

/** With its fields in one order, whatever the order in a file. */
function inOrder({ operandDigits, answerDigits, answerOrder, largestFirstDigit, symbols, before }: TaskLayout) {
  return [operandDigits, answerDigits, answerOrder, largestFirstDigit, symbols, before]
}
