import { percentText } from '../drawing/number-text'
import { defineFigure, type AnswerTo, type AnyFigure, type ShownFigure } from '../figure'
import { matrixOf, namedMatrixFigure } from './named-matrix'
import type { NamedCell } from './named-matrix-chart'

const size = { width: 620, height: 240 } as const

/** What the answer is told by, and what it is not: one wave, the digit alone, what was written before. */
export const answerFigures: readonly AnyFigure[] = [
  defineFigure({
    id: 'frequency-lens',
    title: 'What one frequency tells',
    analysis: 'frequency-lens',
    about: 'dataset',
    intervened: true,
    definition: {
      formula:
        'share of digits that are right if only one frequency of the ten logits is kept, and the share of the power that it has',
      hook: 'ln_final.hook_normalized @ W_U + b_U',
      unit: 'share',
    },
    size,
    choices: [{ kind: 'wave', label: 'share of', options: [{ name: 'right digits' }, { name: 'power' }] }],
    show: waves,
  }),
  defineFigure({
    id: 'pattern-swap',
    title: 'Attention from a sum with the same digit',
    analysis: 'pattern-swap',
    about: 'dataset',
    clean: true,
    definition: {
      formula:
        'share of digits that stay right with the last layer’s attention of another sum: one with the same right digit there, or ' +
        'with the same two digits’ sum and carry',
      hook: 'blocks.{last}.attn.hook_pattern',
      over: 'the sums of the subset that have such another one within 200',
      unit: 'share of digits',
    },
    size,
    show: swaps,
  }),
  defineFigure({
    id: 'false-token',
    title: 'A false digit written before',
    analysis: 'false-token',
    about: 'dataset',
    clean: true,
    definition: {
      formula:
        'the digit written before, where it tells the carry of a column of 9, replaced by what the other carry would give: share of digits that stay, that follow it, and others',
      hook: 'tokens',
      over: 'the sums of the subset in which that digit tells the carry',
      unit: 'share of digits',
    },
    size,
    show: followed,
  }),
]

function waves({ result, chosen = {} }: AnswerTo<'frequency-lens'>): ShownFigure<NamedCell> {
  const ofPower = chosen['wave'] === 'power'
  const what = ofPower ? 'the power' : 'the digits right'
  return namedMatrixFigure({
    label: `Share of ${ofPower ? 'the logits’ power that each frequency has' : 'right digits if one frequency alone is kept'}`,
    ...matrixOf(ofPower ? result.power : result.accuracy, ['freq', 'frequency'], ['digit', 'answer digit']),
    unit: 'share',
    limit: 1,
    hook: 'ln_final.hook_normalized @ W_U + b_U',
    finding: ({ row, column, value }) =>
      `The most is frequency ${row} at ${column}: it has ${percentText(value)} % of ${what} there.`,
  })
}

function swaps({ result: { accuracy, n } }: AnswerTo<'pattern-swap'>): ShownFigure<NamedCell> {
  return namedMatrixFigure({
    label: 'Share of digits that stay right with the last layer’s attention of another sum',
    ...matrixOf(accuracy, ['group', 'the same'], ['digit', 'answer digit']),
    unit: 'share',
    limit: 1,
    hook: 'blocks.{last}.attn.hook_pattern',
    finding: ({ row, column, value }) =>
      `The most stay right at ${column} with the same ${row}: ${percentText(value)} %; between ${Math.min(...n.data)} and ${Math.max(...n.data)} digits were tried for each.`,
  })
}

function followed({ result: { share, n, follows } }: AnswerTo<'false-token'>): ShownFigure<NamedCell> {
  const tried = Array.from(n.data).reduce((sum, count) => sum + count, 0)
  return namedMatrixFigure({
    label: 'What becomes of a digit if the one written before it is false',
    ...matrixOf(share, ['digit', 'answer digit'], ['outcome', 'it']),
    unit: 'share',
    limit: 1,
    hook: 'tokens',
    finding: () => `${percentText(follows)} % of the ${tried} digits that were tried follow the false one.`,
  })
}
