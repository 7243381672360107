import { columnsOf } from '../../core/columns'
import { axis, tensorOver } from '../../core/axis'
import { answerPosition, digitPredictedAt } from '../../core/positions'
import { indexOfLargest } from '../../core/softmax'
import type { Sum } from '../../core/sum'
import type { TaskLayout } from '../../core/task-layout'
import { digitsOf, tokensOf } from '../../core/tokens'
import { defineAnalysis } from '../analysis'
import { ofSums } from '../parameters'
import { digitAxis } from '../parts/axes'
import { chosenSums } from '../running/chosen-sums'
import { batchesOf } from '../running/run-batches'

const outcomes = ['own', 'follows', 'other'] as const

/**
 * Whether the model takes a carry from the answer that it has written so far. Where a column adds up to 9, its digit and the one
 * written before it say the same of the carry: that one is replaced by what it would be with the other carry.
 */
export const falseToken = defineAnalysis({
  id: 'false-token',
  question: 'Does a digit follow the carry that the answer digit written before it tells?',
  definition:
    'For each answer digit, the sums in which the digit written before it and the column that adds up to 9 tell the carry. That token ' +
    'is replaced by the one that the other carry would give. share: of these sums, how many digits stay own, become what the ' +
    'false token says (follows), or other.',
  about: 'dataset',
  parameters: ofSums,
  async run({ model, progress, schedule }, params) {
    const { layout, d_vocab } = model.config
    const sums = chosenSums(params, layout, schedule)
    const digits = Array.from({ length: layout.answerDigits }, (_, digit) => digit)
    const cases = digits.map((digit) => sums.flatMap((sum) => falseCase(sum, digit, layout) ?? []))
    const total = cases.reduce((count, { length }) => count + length, 0)
    const counts = new Float64Array(digits.length * outcomes.length)
    let done = 0
    const result = () => told(counts, layout)
    for (const digit of digits)
      for (const batch of batchesOf(cases[digit]!.map(({ sum }) => sum))) {
        const here = cases[digit]!.slice(batch.begin, batch.end)
        const tokens = tokensOf(batch.sums, layout)
        const [position, length] = [answerPosition(digit, layout), tokens.shape[1]!]
        here.forEach(({ token }, example) => (tokens.data[example * length + position] = token))
        const logits = (await model.run(tokens, { outputs: ['logits'], positions: [position] })).get('logits')!
        here.forEach(({ own, other }, example) => {
          const predicted = indexOfLargest(logits.data, example * d_vocab, d_vocab)
          counts[digit * outcomes.length + (predicted === own ? 0 : predicted === other ? 1 : 2)]!++
        })
        done += here.length
        progress(done, total, result())
      }
    return result()
  },
})

interface FalseCase {
  readonly sum: Sum
  /** What stands in place of the digit written before. */
  readonly token: number
  /** The right digit, and the one that the false token says. */
  readonly own: number
  readonly other: number
}

/** Null where the digit written before says nothing of the carry, or there is none. */
function falseCase(sum: Sum, digit: number, layout: TaskLayout): FalseCase | null {
  const before = digitPredictedAt(answerPosition(digit, layout) - 1, layout)
  if (before === null) return null
  const { classes, carryIn } = columnsOf(sum, layout)
  // The column between the carry into the one digit and that into the other.
  if (classes[Math.max(digit, before)] !== 'P') return null
  const step = carryIn[digit] ? -1 : 1
  const answer = digitsOf(sum.a + sum.b, layout.answerDigits)
  const withOther = (which: number) => (answer[which]! + step + 10) % 10
  return { sum, token: withOther(before), own: answer[digit]!, other: withOther(digit) }
}

function told(counts: Float64Array, layout: TaskLayout) {
  const digit = digitAxis(layout)
  const ofDigit = (digit: number) => counts.subarray(digit * outcomes.length, (digit + 1) * outcomes.length)
  const total = (numbers: ArrayLike<number>) => Array.from(numbers).reduce((sum, count) => sum + count, 0)
  const n = Int32Array.from({ length: digit.extent }, (_, index) => total(ofDigit(index)))
  const followed = total(Array.from(n, (_, index) => ofDigit(index)[1]!))
  const shares = counts.map((count, index) => count / n[Math.floor(index / outcomes.length)]!)
  return {
    n: tensorOver([digit], n),
    share: tensorOver([digit, axis('outcome', outcomes)], shares, 'share'),
    /** Of all digits that were tried; NaN where none was. */
    follows: followed / total(n),
  }
}
