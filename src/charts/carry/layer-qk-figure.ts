import { answerPosition, positionLabels } from '../../core/positions'
import { decimalText, signedText } from '../drawing/number-text'
import { defineFigure, type AnswerTo, type ShownFigure } from '../figure'
import { namedMatrixFigure } from './named-matrix'
import type { NamedCell } from './named-matrix-chart'

/** Float32 activations leave the parts of a score up to this far from it. */
const tolerance = 1e-3

/** Kinds of the view by which a query and a key are chosen, as positions: `C1`. */
export const queryKind = 'qk-query'
export const keyKind = 'qk-key'

/** Why a head of the last layer looks from one position to another. */
export const layerQkFigure = defineFigure({
  id: 'layer-qk',
  title: 'Why it looks there',
  analysis: 'layer-qk',
  about: 'sum',
  intervened: true,
  leastLayers: 2,
  definition: {
    formula:
      'the score of one query and key as a sum: what each earlier part wrote into the query times what each wrote into the key, ' +
      'divided by sqrt(d_head)',
    hook: 'blocks.*.attn.hook_attn_scores of the last layer',
    over: 'this sum',
    layerNorm: 'ln1 with its own scale of the run',
    unit: 'score',
  },
  size: { width: 620, height: 300 },
  parts: { kind: 'head', of: ({ score }) => score.labels.head! },
  show: scoreParts,
})

function scoreParts({
  result: { score, parts, closure },
  part,
  layout,
  focus,
  chosen = {},
}: AnswerTo<'layer-qk'>): ShownFigure<NamedCell> {
  const names = parts.labels.queryPart!
  const positions = positionLabels(layout)
  const head = Math.max(score.labels.head!.indexOf(part), 0)
  const known = positions.indexOf(chosen[queryKind] ?? '')
  const query = known >= 0 ? known : answerPosition(focus ?? 0, layout)
  const start = (head * positions.length + query) * positions.length
  const row = Array.from(score.data.subarray(start, start + query + 1))
  const wanted = positions.indexOf(chosen[keyKind] ?? '')
  const key = wanted >= 0 && wanted <= query ? wanted : row.indexOf(Math.max(...row))
  const at = (start + key) * names.length ** 2
  const where = `${score.labels.head![head]} from ${positions[query]} to ${positions[key]}`
  const figure = namedMatrixFigure({
    label: `What makes the score of ${where}: parts of the query down, of the key across`,
    rows: { title: 'query part', names },
    columns: { title: 'key part', names },
    values: parts.data.slice(at, at + names.length ** 2),
    unit: 'score',
    signed: true,
    hook: 'blocks.*.attn.hook_attn_scores',
    finding: ({ row: from, column: to, value }) =>
      `${where} scores ${decimalText(row[key]!, 2)}; its largest part is ${from} in the query with ${to} in the key, ${signedText(value, 2)}.`,
  })
  return {
    ...figure,
    closure: { claim: `${names.length ** 2} parts = score`, residual: closure, tolerance, unit: 'score' },
  }
}
