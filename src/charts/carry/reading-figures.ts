import { decimalText } from '../drawing/number-text'
import { headLabels, parseHead } from '../../core/heads'
import { defineFigure, type AnswerTo, type AnyFigure, type ShownFigure } from '../figure'
import { namedMatrixFigure } from './named-matrix'
import type { NamedCell } from './named-matrix-chart'
import { whyUnread } from './needle-rows'
import { gapsBetween } from './transplant-figures'

/** Which digits the first layer looks at, and what heads tell. */
export const readingFigures: readonly AnyFigure[] = [
  defineFigure({
    id: 'hierarchy',
    title: 'Which digit of a column wins',
    analysis: 'hierarchy',
    about: 'dataset',
    clean: true,
    definition: {
      formula:
        'share of the 100 pairs of digits in which the one that is looked at is 5 or more just when they add up to 10',
      hook: 'blocks.0.attn.hook_q (mean at the position), keys of every digit',
      layerNorm: 'each digit’s key with its own scale of ln1',
      unit: 'share of pairs',
    },
    size: { width: 900, height: 240 },
    parts: { kind: 'digit', of: ({ agreement }) => agreement.labels.column! },
    choices: [
      {
        kind: 'threshold',
        label: 'add up to',
        options: [{ name: '10 or more' }, { name: '9 or more' }],
      },
    ],
    show: race,
  }),
  defineFigure({
    id: 'carry-needles',
    title: 'Heads that tell a carry',
    analysis: 'carry-needles',
    about: 'dataset',
    intervened: true,
    definition: {
      formula:
        'area under the curve between sums with a carry into the digit and without, of each head’s output on the difference of ' +
        'the class means, less a half; that it tells does not say that anything reads it',
      hook: 'blocks.*.attn.hook_result',
      over: 'means over even sums, areas over odd ones',
      unit: 'area - 0.5',
    },
    size: { width: 900, height: 300 },
    parts: { kind: 'digit', of: ({ resultAuc }) => resultAuc.labels.digit!.slice(0, -1) },
    show: needles,
  }),
]

function race({ result, part, chosen = {} }: AnswerTo<'hierarchy'>): ShownFigure<NamedCell> {
  const nine = chosen['threshold'] === '9 or more'
  const shares = nine ? result.agreementNine : result.agreement
  const [heads, queries, columns] = shares.shape as [number, number, number]
  const column = shares.labels.column!.indexOf(part)
  return namedMatrixFigure({
    label: `How well the digit that wins in column ${column} tells whether both add up to ${nine ? 9 : 10}, by head and query`,
    rows: { title: 'head', names: shares.labels.head! },
    columns: { title: 'query', names: shares.labels.query! },
    values: Float64Array.from({ length: heads * queries }, (_, row) => shares.data[row * columns + column]!),
    unit: 'agreement',
    limit: 1,
    hook: 'blocks.0.attn.hook_q',
    finding: ({ row, column: query, value }) =>
      `${row} at ${query} comes closest: right in ${decimalText(value, 2)} of the pairs.`,
  })
}

function needles({ result: { resultAuc, readBy }, part, layout }: AnswerTo<'carry-needles'>): ShownFigure<NamedCell> {
  const [layers, heads, positions, digits] = resultAuc.shape as [number, number, number, number]
  const digit = resultAuc.labels.digit!.indexOf(part)
  const isRead = (site: number) => {
    const place = Math.floor(site / (heads * positions)) * positions + (site % positions)
    return readBy.data[place * digits + digit] === 1
  }
  return namedMatrixFigure({
    label: `How well each head at each position tells ${part}’s carry; no value where nothing reads it`,
    rows: { title: 'head', names: headLabels(layers, heads), gaps: gapsBetween(layers, heads) },
    columns: { title: 'position', names: resultAuc.labels.position! },
    values: Float64Array.from({ length: layers * heads * positions }, (_, site) =>
      isRead(site) ? resultAuc.data[site * digits + digit]! - 0.5 : NaN,
    ),
    unit: 'area - 0.5',
    limit: 0.5,
    signed: true,
    hook: 'blocks.*.attn.hook_result',
    missing: ({ row }, site) =>
      isRead(site)
        ? `none: these sums do not tell a carry into ${part} from none`
        : whyUnread(parseHead(row).layer, layers, digit, layout).sentence,
    finding: ({ row, column, value }) =>
      `${row} at ${column} tells ${part}’s carry best, of those that are read there: area ${decimalText(value + 0.5, 3)}.`,
  })
}
