import type { ResultOf } from '../../analyses/registry'
import { equalsPosition, groupBoundaries, positionInText, positionNamed } from '../../core/positions'
import { sliceOf } from '../../core/slice'
import type { Tensor } from '../../core/tensor'
import type { TaskLayout } from '../../core/task-layout'
import { attentionDrawing, attentionTable, type AttentionDatum } from '../attention/attention'
import { headOfComponent } from '../attribution/component'
import { defineFigure, type AnswerTo, type AnyFigure, type ShownFigure } from '../figure'
import { cellsOf, matrixTable, type MatrixCell } from '../kinds/matrix-cell'
import { matrixMapDrawing } from '../kinds/matrix-map'
import { decimalText } from '../drawing/number-text'
import { symmetricLimit } from '../drawing/palette'

const meanScale = 'keys divided by one number, the mean ln1.hook_scale of layer 0; queries as the model runs'
const allSums = 'queries and scale: means over the sums of the subset, clean'

/** What layer 0's heads look for. */
export const qkFigures: readonly AnyFigure[] = [
  defineFigure({
    id: 'qk-full',
    title: 'QK circuit',
    analysis: 'qk-circuit',
    about: 'dataset',
    clean: true,
    cells: [22],
    definition: {
      formula: 'mean q @ (embedding / scale @ W_K).T / √d_head, for the embedding of each position, then of each token',
      hook: 'blocks.0.attn.hook_q, W_pos, W_E, W_K',
      over: allSums,
      layerNorm: meanScale,
      unit: 'score',
      published:
        'The published figure draws masked cells as 0, and its labels from p=13 on name the key one further right.',
    },
    size: { width: 860, height: 360 },
    parts: { kind: 'head', of: headsOf },
    show: full,
  }),
  defineFigure({
    id: 'qk-positional',
    title: 'QK circuit of positions',
    analysis: 'qk-circuit',
    about: 'dataset',
    clean: true,
    cells: [23],
    definition: {
      formula: 'softmax over the scores of positions alone; + and = with their token’s embedding added',
      hook: 'blocks.0.attn.hook_q, W_pos, W_E, W_K',
      over: allSums,
      layerNorm: meanScale,
      unit: 'attention, 0 to 1',
      published:
        'The published figure averages the embeddings of position and token at + and =, where the model adds them.',
    },
    size: { width: 380, height: 380 },
    parts: { kind: 'head', of: headsOf },
    show: positional,
  }),
]

function headsOf(result: ResultOf<'qk-circuit'>): readonly string[] {
  return result.full.labels.head ?? []
}

function circuitOf(result: ResultOf<'qk-circuit'>, name: 'full' | 'positional', part: string) {
  const whole = result[name]
  return {
    scores: sliceOf(whole, (whole.labels.head ?? []).indexOf(part)),
    queries: whole.labels.query ?? [],
    keys: whole.labels.key ?? [],
  }
}

function full({ result, part, layout }: AnswerTo<'qk-circuit'>): ShownFigure<MatrixCell> {
  const { scores, queries, keys } = circuitOf(result, 'full', part)
  const cells = cellsOf(scores, queries, keys)
  const length = queries.length
  const gaps = groupBoundaries(layout)
  const rows = { title: 'query (destination)', names: queries, gaps }
  const names = keys.map((key) => key.replace('token ', ''))
  const columns = { title: 'key (source): position, then token', names, gaps: [...gaps, length, length + 10] }
  return {
    label: `QK circuit of ${part}: rows queries, columns keys, first positions and then tokens`,
    finding: tokenOrder(scores, queries, layout),
    draw: (display) => matrixMapDrawing({ rows, columns, cells, limit: symmetricLimit(scores.data) }, display),
    table: matrixTable(`QK circuit of ${part}, scores`, 'query', cells, keys),
    note: ({ row, column, value }) => ({
      subject: `${part}: ${positionNamed(row, layout)} → ${keyName(column, layout)}`,
      lines: [{ label: 'score', value: decimalText(value, 3) }],
      hook: `blocks.0.attn.hook_q, W_K[0, ${headOfComponent(part)!.head}]`,
    }),
    subject: ({ row, column }) => ({ head: part, query: row, key: column }),
  }
}

/** A key is a position, or a token wherever it stands: `token 7`. */
function keyName(key: string, layout: TaskLayout): string {
  return key.startsWith('token ') ? key : positionNamed(key, layout)
}

/** The ten digits as keys, in the order in which the query that tells them apart the most looks for them. */
function tokenOrder(scores: Tensor, queries: readonly string[], layout: TaskLayout): string {
  const { length } = queries
  const width = scores.shape[1]!
  const tokens = (query: number) =>
    Array.from(scores.data.subarray(query * width + length, query * width + length + 10))
  const spread = (query: number) => Math.max(...tokens(query)) - Math.min(...tokens(query))
  const query = queries.reduce((best, _, index) => (spread(index) > spread(best) ? index : best), 0)
  const order = [...tokens(query).keys()].toSorted((one, other) => tokens(query)[other]! - tokens(query)[one]!)
  return `Query ${positionInText(query, layout)} tells digits apart the most, and looks for them in the order ${order.join(' ')}.`
}

function positional({ result, part, layout }: AnswerTo<'qk-circuit'>): ShownFigure<AttentionDatum> {
  const { scores, queries } = circuitOf(result, 'positional', part)
  const { layer, head } = headOfComponent(part)!
  const length = queries.length
  const pattern: Tensor<readonly ['layer', 'head', 'query', 'key']> = {
    dims: ['layer', 'head', 'query', 'key'],
    shape: [1, 1, length, length],
    data: scores.data,
    labels: {},
  }
  const input = { pattern, layer: 0, head: 0, layout }
  const equals = equalsPosition(layout)
  const row = scores.data.subarray(equals * length, equals * length + equals + 1)
  const best = row.indexOf(Math.max(...row))
  return {
    label: `Positions that ${part} would attend to if it saw positions only, rows queries, columns keys`,
    finding: `From ${positionInText(equals, layout)} it would look most at ${positionInText(best, layout)}: ${decimalText(row[best]!, 2)}.`,
    draw: (display) => attentionDrawing(input, display),
    table: { ...attentionTable(input), caption: `Positional QK circuit of ${part}` },
    note: ({ from, to, attention }) => ({
      subject: `${part}: ${from} → ${to}`,
      lines: [{ label: 'by position alone', value: decimalText(attention, 3) }],
      hook: `blocks.${layer}.attn.hook_q, W_K[${layer}, ${head}]`,
    }),
    subject: ({ query, key }) => ({ head: part, query, key }),
  }
}
