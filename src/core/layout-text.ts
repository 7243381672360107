import { BadInput } from './bad-input'
import { counted } from './counted'
import { answerOrders, publishedLayout, symbolTexts, type TaskLayout } from './task-layout'

/** A layout in words, with what is not as in the published model: `3 digits, answers of 4, units first`. */
export function layoutText(layout: TaskLayout): string {
  const { operandDigits, answerDigits, answerOrder, largestFirstDigit, symbols, before } = layout
  const parts = [
    counted(operandDigits, 'digit'),
    answerDigits > operandDigits && `answers of ${answerDigits}`,
    answerOrder === 'leastSignificantFirst' && 'units first',
    largestFirstDigit === 9 && 'first digits 0 to 9',
    before.length === 1 && `start token ${before[0]}`,
    before.length > 1 && `tokens ${before.join(' ')} before`,
    ...symbolParts(symbols),
  ]
  return parts.filter((part) => part !== false).join(', ')
}

/** The ids of the symbols where they are not the usual ones: the digits by that of 0 where they follow one another. */
function symbolParts(symbols: readonly number[]): readonly string[] {
  if (symbols.every((id, token) => id === token)) return []
  const [zero, plus, equals] = [symbols[0]!, symbols[10]!, symbols[11]!]
  if (!symbols.slice(0, 10).every((id, digit) => id === zero + digit)) return [`symbols ${symbols.join(' ')}`]
  return [...(zero === 0 ? [] : [`0 is token ${zero}`]), `+ is token ${plus}`, `= is token ${equals}`]
}

type Change = Partial<{ -readonly [F in keyof TaskLayout]: TaskLayout[F] }>

/** How each part of a layout is written, and what it says. */
const parts: readonly (readonly [RegExp, (found: readonly string[], before: TaskLayout) => Change])[] = [
  [/^answers? of (\d)$/, ([, digits]) => ({ answerDigits: Number(digits) })],
  [/^units first$/, () => ({ answerOrder: answerOrders[1] })],
  [/^first digits 0 to ([49])$/, ([, largest]) => ({ largestFirstDigit: largest === '4' ? 4 : 9 })],
  [/^start token (\d+)$/, ([, id]) => ({ before: [Number(id)] })],
  [/^tokens ((?:\d+ )+)before$/, ([, ids]) => ({ before: idsIn(ids!) })],
  [
    /^0 is token (\d+)$/,
    ([, zero], { symbols }) => ({ symbols: symbols.map((id, token) => (token < 10 ? Number(zero) + token : id)) }),
  ],
  [
    /^([+=]) is token (\d+)$/,
    ([, symbol, to], { symbols }) => ({
      symbols: symbols.map((id, token) => (symbolTexts[token] === symbol ? Number(to) : id)),
    }),
  ],
  [/^symbols ((?:\d+ ?)+)$/, ([, ids]) => ({ symbols: idsIn(ids!) })],
]

/**
 * The layout that is written in the words of `layoutText`, in any order: what is left out is as in the published model, and
 * `3` alone is its layout for three digits. Whether a model can have it is for `checkLayout`. Throws BadInput.
 */
export function parseLayout(text: string): TaskLayout {
  const written = text.split(',').map((part) => part.trim().replaceAll(/\s+/g, ' '))
  const digits = written.map((part) => /^([1-8])(?: digits?)?$/.exec(part)?.[1])
  const count = digits.find((found) => found !== undefined)
  if (count === undefined)
    throw new BadInput(
      `The layout "${text.slice(0, 80)}" does not say how many digits an operand has; write it as in "3 digits, answers of 4, units first, first digits 0 to 9", with 1 to 8 digits.`,
    )
  return written
    .filter((_, index) => digits[index] === undefined)
    .reduce((layout, part) => ({ ...layout, ...changeOf(part, layout) }), publishedLayout(Number(count)))
}

function changeOf(part: string, layout: TaskLayout): Change {
  for (const [pattern, change] of parts) {
    const found = pattern.exec(part)
    if (found) return change(found, layout)
  }
  throw new BadInput(
    `The layout says "${part.slice(0, 40)}", but its parts are "3 digits", "answers of 4", "units first", "first digits 0 to 9", "start token 12", "tokens 13 12 before" and "+ is token 10" (=, 0 likewise); write it in these.`,
  )
}

function idsIn(text: string): number[] {
  return text.trim().split(' ').map(Number)
}
