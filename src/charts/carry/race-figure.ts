import { defineFigure, type AnswerTo, type ShownFigure } from '../figure'
import { decimalText } from '../drawing/number-text'
import { raceChart } from './race-chart'
import { bestSite, raceCells, raceOf, raceSites, type RaceCell } from './race-input'

/** Which digit of a column a first-layer head looks at, and whether that tells the column's carry. */
export const raceFigure = defineFigure({
  id: 'race',
  title: 'Race',
  analysis: 'hierarchy',
  about: 'dataset',
  clean: true,
  marksSum: true,
  definition: {
    formula:
      'for each pair of digits of a column the one with the larger score; filled where that is 5 or more, ✕ where this does not ' +
      'say whether the column carries',
    hook: 'blocks.0.attn.hook_q (mean at the position), keys of every digit',
    over: 'the sums of the subset, for the mean query',
    layerNorm: 'each digit’s key with its own scale of ln1',
    unit: 'pairs of digits',
  },
  size: { width: 520, height: 260 },
  parts: { kind: 'race', of: raceSites, first: () => bestSite, together: true },
  choices: [{ kind: 'threshold', label: 'add up to', options: [{ name: '10 or more' }, { name: '9 or more' }] }],
  show: race,
})

function race({ result, part, layout, here = null, chosen = {}, focus }: AnswerTo<'hierarchy'>): ShownFigure<RaceCell> {
  // A digit's carry comes out of the column to its right.
  const columns = result.attention.shape[2]!
  const column = Math.min(Math.max((focus ?? 0) + 1 - (layout.answerDigits - layout.operandDigits), 0), columns - 1)
  const nine = chosen['threshold'] === '9 or more'
  const shown = raceOf({ result, site: part, column, nine, layout, here })
  const cells = raceCells(shown)
  const right = cells.filter(({ agrees }) => agrees).length
  const { head, query, threshold, attention } = shown
  return {
    label: `Which digit of column ${column} ${head} at ${query} would rather look at, for every pair of digits`,
    finding:
      cells.length === 0
        ? `${head} at ${query} comes before column ${column} is complete.`
        : `${head} at ${query}, column ${column}: the winner tells right in ${right} of 100 pairs whether they add up to ${threshold}; it gives the column ${decimalText(attention, 2)} of its attention.`,
    draw: (display) => raceChart(shown, display),
    rows: 9,
    table: {
      caption: `Scores of the digits of column ${column} for ${head} at ${query}`,
      columns: ['digit', `at A${column}`, `at B${column}`],
      rows: Array.from({ length: 10 }, (_, digit) => [String(digit), shown.scoreA[digit]!, shown.scoreB[digit]!]),
    },
    note: ({ a, b, winner, shareA, agrees }) => ({
      subject: `A${column} = ${a}, B${column} = ${b}: ${a + b}`,
      lines: [
        {
          label: 'winner',
          value: Number.isNaN(winner)
            ? 'none: the column comes later'
            : `${winner}, ${winner >= 5 ? '5 or more' : 'below 5'}`,
        },
        { label: 'attention to A, of the two', value: decimalText(shareA, 3) },
        ...(Number.isNaN(winner) ? [] : [{ label: 'tells the carry', value: agrees ? 'right' : 'wrong' }]),
      ],
      hook: 'blocks.0.attn.hook_pattern',
    }),
  }
}
