import { answerOrders, operandDigitRange, publishedLayout, symbolTexts, type TaskLayout } from './task-layout'

/**
 * The layouts that a model with `n_ctx` positions and `d_vocab` tokens may have, the likeliest first: those whose sums fill the
 * context, with every choice of ids for `+`, `=` and a start token among the tokens that are no digits; then shorter sums, with
 * the usual ids. None where not even a sum of one digit fits.
 */
export function candidateLayouts(n_ctx: number, d_vocab: number): TaskLayout[] {
  const lengths = Array.from({ length: n_ctx }, (_, shorter) => n_ctx - shorter)
  const usual = vocabularies(d_vocab).filter(({ symbols }) => symbols.every((id, token) => id === token))
  return lengths.flatMap((length) => layoutsOfLength(length, length === n_ctx ? vocabularies(d_vocab) : usual))
}

type Vocabulary = Pick<TaskLayout, 'symbols' | 'before'>

function layoutsOfLength(length: number, ids: readonly Vocabulary[]): TaskLayout[] {
  return ids.flatMap((vocabulary) =>
    [0, 1].flatMap((more) => {
      const operandDigits = (length - vocabulary.before.length - 2 - more) / 3
      const [fewest, most] = operandDigitRange
      if (!Number.isInteger(operandDigits) || operandDigits < fewest || operandDigits > most) return []
      const firstDigits = more === 1 ? ([9, 4] as const) : ([4, 9] as const)
      return answerOrders.flatMap((answerOrder) =>
        firstDigits.map((largestFirstDigit) => ({
          ...publishedLayout(operandDigits),
          answerDigits: operandDigits + more,
          answerOrder,
          largestFirstDigit,
          ...vocabulary,
        })),
      )
    }),
  )
}

/** Ids beside the digits' that are tried in every place; more would take too long. */
const mostOthers = 5

/** The usual ids first; the ten digits follow one another, from id 0 or after all other tokens. */
function vocabularies(d_vocab: number): Vocabulary[] {
  const others = Math.min(d_vocab - 10, mostOthers)
  const fromZero = Array.from({ length: others }, (_, other) => 10 + other)
  const digitsLast = Array.from({ length: others }, (_, other) => other)
  return [...marksAmong(0, fromZero), ...(d_vocab === 10 + others ? marksAmong(others, digitsLast) : [])].toSorted(
    (one, other) => one.before.length - other.before.length,
  )
}

/** Every choice of `+`, `=` and perhaps a start token among `ids`, for digits from id `zero` on. */
function marksAmong(zero: number, ids: readonly number[]): Vocabulary[] {
  const digits = symbolTexts.slice(0, 10).map((_, digit) => zero + digit)
  return ids.flatMap((plus) =>
    ids
      .filter((equals) => equals !== plus)
      .flatMap((equals) => {
        const starts = ids.filter((id) => id !== plus && id !== equals)
        return [[], ...starts.map((id) => [id])].map((before) => ({ symbols: [...digits, plus, equals], before }))
      }),
  )
}
