import type { ResultOf } from '../../analyses/registry'
import { pairLabels, pairSums } from '../../core/digit-pairs'
import { logitLabels } from '../../core/tokens'
import { arrowPlotDrawing } from '../kinds/arrow-plot'
import { beside } from '../drawing/beside'
import { aroundText, degrees, degreesText, digits, frequencyShares, percent } from '../kinds/digit-waves'
import { defineFigure, type AnswerTo, type AnyFigure, type FigureParts, type ShownFigure } from '../figure'
import { cellsOf, matrixTable, shownMatrix, valueLine, type MatrixCell } from '../kinds/matrix-cell'
import { matrixMapDrawing, type MatrixMap } from '../kinds/matrix-map'
import {
  oppositeGroups,
  pairEmbeddings,
  pairsOf,
  strength,
  strongestPair,
  wavesOf,
  type OvEmbeddings,
  type Wave,
} from './ov-pair'
import { cycleColors, symmetricLimit } from '../drawing/palette'

const unit = 'logits, without LayerNorm'
const common = {
  analysis: 'ov-circuit',
  about: 'weights',
  // Of all pairs only these are sent: what two digits do together follows from what each does.
  params: { tensors: ['embeddings', 'embeddingsFftMagnitude', 'embeddingsFftPhase'] },
  leastLayers: 2,
} as const
const hook = 'W_E, blocks.*.attn.W_V and W_O of layer 0 and of the last, W_U'
const layerNorm = 'none: the embedding goes through both heads as it is'

const pairParts: FigureParts = {
  kind: 'pair',
  of: pairsIn,
  first: (result) => strongestPair(embeddingsIn(result)),
}

/** What two heads, one after the other, move from a digit to the answer. */
export const ovFigures: readonly AnyFigure[] = [
  defineFigure({
    ...common,
    id: 'ov-pairs',
    title: 'Pairs of heads',
    definition: {
      formula: 'root mean square length of the ten rows W_E[digit] @ W_V @ W_O @ W_V @ W_O @ W_U, for each pair',
      hook,
      over: 'the ten digits',
      layerNorm,
      unit,
    },
    parts: { ...pairParts, together: true },
    show: pairs,
  }),
  defineFigure({
    ...common,
    id: 'ov-embeddings',
    title: 'OV circuit of a digit',
    cells: [33],
    definition: {
      formula: 'W_E[digit] @ W_V @ W_O (layer 0) @ W_V @ W_O (last layer) @ W_U; arrows: its frequency 1',
      hook,
      layerNorm,
      unit,
    },
    size: { width: 640, height: 320 },
    parts: pairParts,
    show: (answer) => ofPair(answer, 'digit'),
  }),
  defineFigure({
    ...common,
    id: 'ov-summed',
    title: 'OV circuit of two digits',
    cells: [35],
    definition: {
      formula: 'the rows of two digits of the OV circuit added, for all 100 pairs; points: its frequency 1',
      hook,
      layerNorm,
      unit,
    },
    size: { width: 640, height: 440 },
    parts: pairParts,
    show: (answer) => ofPair(answer, 'pair'),
  }),
]

function embeddingsIn(result: ResultOf<'ov-circuit'>): OvEmbeddings {
  return result.embeddings!
}

function pairsIn(result: ResultOf<'ov-circuit'>): readonly string[] {
  return pairsOf(embeddingsIn(result))
}

function pairs({ result, part }: AnswerTo<'ov-circuit'>): ShownFigure<MatrixCell> {
  const embeddings = embeddingsIn(result)
  const [rows, columns] = [embeddings.labels.head0 ?? [], embeddings.labels.head1 ?? []]
  const names = pairsOf(embeddings)
  const data = Float64Array.from(names, (name) => strength(pairEmbeddings(embeddings, name)!))
  const map: MatrixMap<MatrixCell> = {
    rows: { title: 'moved by', names: rows },
    columns: { title: 'then by', names: columns },
    cells: cellsOf({ data }, rows, columns),
    limit: symmetricLimit(data, 2),
    figures: 'plain',
    magnitudes: true,
    chosen: names.indexOf(part),
  }
  const pairOf = ({ row, column }: MatrixCell) => `${row} → ${column}`
  return {
    label: 'How much each pair of heads moves, rows heads of layer 0, columns heads of the last layer',
    finding: `${strongestPair(embeddings)} moves the most. Click a pair to see what it does.`,
    ...shownMatrix(map, 'How much each pair of heads moves', 'layer 0'),
    note: (datum) => ({ subject: pairOf(datum), lines: [valueLine('mean length', datum.value, 'logits')] }),
    subject: (datum) => ({ head: pairOf(datum) }),
  }
}

/** One digit, or two digits together, through a pair of heads: a heat map and its rows as arrows. */
function ofPair({ result, part }: AnswerTo<'ov-circuit'>, input: 'digit' | 'pair'): ShownFigure<MatrixCell> {
  const single = pairEmbeddings(embeddingsIn(result), part)!
  const isPair = input === 'pair'
  const rows = isPair ? pairSums(single) : single
  const names = isPair ? pairLabels : logitLabels
  const waves = wavesOf(rows)
  const cells = cellsOf({ data: rows }, names, logitLabels)
  const map = {
    rows: {
      title: isPair ? 'digits read' : 'digit read',
      names,
      ...(isPair && { gaps: logitLabels.slice(1).map((digit) => Number(digit) * digits) }),
    },
    columns: { title: 'output digit', names: logitLabels },
    cells,
    limit: symmetricLimit(rows, 2),
    figures: 'signed',
  } as const
  const arrows = waves.map((wave, row) => ({ ...wave, datum: { row: names[row]!, column: '', value: wave.magnitude } }))
  const magnitudes = waves.map(({ magnitude }) => magnitude)
  const plotted = {
    limit: symmetricLimit(magnitudes, 2),
    unit: isPair ? 'logits; colour: last digit of the sum' : 'logits',
  }
  return {
    label: `OV circuit of ${part}: rows what is read, columns output digits; beside it each row’s frequency 1`,
    finding: pairText(rows, wavesOf(single)),
    draw: (display) => {
      const colors = cycleColors(display)
      const plot = arrows.map(({ datum, ...wave }, row) => ({
        ...wave,
        name: isPair ? '' : datum.row,
        color: colors[isPair ? (Math.floor(row / digits) + row) % digits : row]!,
        form: isPair ? ('tip' as const) : ('arrow' as const),
        datum,
      }))
      return beside(
        (left) => matrixMapDrawing<MatrixCell>(map, left),
        (right) => arrowPlotDrawing({ arrows: plot, ...plotted }, right),
        0.6,
        display,
      )
    },
    table: withWaves(matrixTable(`OV circuit of ${part}`, map.rows.title, cells, logitLabels), waves),
    note: ({ row, column, value }) => ({
      subject: column === '' ? `${row} through ${part}` : `${row} → output ${column}`,
      lines:
        column === ''
          ? [
              valueLine('frequency 1', value, 'logits'),
              { label: 'phase', value: degreesText(waves[names.indexOf(row)]!.phase) },
            ]
          : [valueLine('adds', value, 'logits')],
    }),
    subject: ({ row, column }) => (column === '' ? (isPair ? {} : { digitIn: row }) : { digit: column }),
  }
}

function withWaves(table: ReturnType<typeof matrixTable>, waves: readonly Wave[]): ReturnType<typeof matrixTable> {
  const rows = table.rows.map((row, index) => {
    const { magnitude, phase } = waves[index]!
    return [...row, magnitude, degrees(phase)]
  })
  return { ...table, columns: [...table.columns, 'frequency 1', 'phase, degrees'], rows }
}

/** How single digits' arrows stand, whether one or two digits are shown: both say the same of the circuit. */
function pairText(rows: Float64Array, single: readonly Wave[]): string {
  const share = frequencyShares(rows)[1]!
  if (share < 0.5) return `Frequency 1 is ${percent(share)} of it: what it does is no single wave.`
  return `Frequency 1 is ${percent(share)} of it: ${shapeText(single)}.`
}

function shapeText(waves: readonly Wave[]): string {
  const groups = oppositeGroups(waves)
  if (!groups) return aroundText(waves.map(({ phase }) => phase))
  const [one, other] = [groups.one.join(' '), groups.other.join(' ')]
  if (one === '' || other === '') return 'all digits push the same way'
  return `${one} push one way, ${other} the other`
}
