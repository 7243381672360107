import { arrowPlotDrawing } from '../kinds/arrow-plot'
import { dimensionMap, tall } from './dimension-map'
import { degrees, degreesText, frequencyShares, percent, strongest, turn } from '../kinds/digit-waves'
import { defineFigure, type AnswerTo, type AnyFigure, type ShownFigure } from '../figure'
import { cellsOf, shownMatrix, valueLine, type MatrixCell } from '../kinds/matrix-cell'
import type { MatrixMap } from '../kinds/matrix-map'
import { decimalText } from '../drawing/number-text'
import { symmetricLimit } from '../drawing/palette'
import { rowNormsDrawing } from './row-norms'
import { tokensOf } from '../drawing/display'
import {
  columnOf,
  longestRows,
  rowsOf,
  shareOfRows,
  shownRows,
  significantRows,
  timesMedian,
  type Unembedding,
} from './unembedding'
import { ofUnembedding, unembeddingDefinition } from './unembedding-definition'

/** Figures of W_U row by row: which dimensions of the residual stream are read, and as what function of the digit. */
export const unembeddingRowFigures: readonly AnyFigure[] = [
  defineFigure({
    ...ofUnembedding,
    id: 'unembedding',
    title: 'W_U',
    cells: [9],
    definition: unembeddingDefinition(
      'W_U over the ten digits; a row is significant if it is longer than 5 times the median row',
    ),
    size: tall,
    show: wholeMatrix,
  }),
  defineFigure({
    ...ofUnembedding,
    id: 'unembedding-fft',
    title: 'Frequencies of the rows',
    cells: [10],
    definition: unembeddingDefinition(
      '|torch.fft.rfft(W_U)| over the ten digits, of the significant rows, or of the longest where none is',
    ),
    show: rowMagnitudes,
  }),
  defineFigure({
    ...ofUnembedding,
    id: 'unembedding-arrows',
    title: 'Rows at frequency 1',
    cells: [11],
    definition: unembeddingDefinition('magnitude and phase of torch.fft.rfft(W_U) at frequency 1, row by row'),
    show: rowArrows,
  }),
]

function wholeMatrix({ result: of }: AnswerTo<'unembedding'>): ShownFigure<MatrixCell> {
  const map = dimensionMap(of, 'W_U', symmetricLimit(of.W_U.data, 2))
  const significant = significantRows(of)
  const norms = of.rowNorms.data
  const threshold = { norm: of.significantNorm, name: `${thresholdTimes(of)} × median` }
  const norm = (row: number): MatrixCell => ({ row: String(row), column: '', value: norms[row]! })
  const { table } = shownMatrix(map, 'W_U by dimension and digit, with the length of each row', 'd_model')
  return {
    label: 'W_U as a heat map, rows d_model, columns digits; beside it the length of each row',
    finding: significanceText(of),
    draw: (display) => rowNormsDrawing({ map, norms, threshold, significant, datum: norm }, display),
    table: {
      ...table,
      columns: [...table.columns, 'length', 'significant'],
      rows: table.rows.map((row, index) => [...row, norms[index]!, significant.includes(index) ? 'yes' : 'no']),
    },
    note: ({ row, column, value }) => ({
      subject: column === '' ? `dimension ${row}` : `dimension ${row} → digit ${column}`,
      lines: [
        ...(column === '' ? [] : [valueLine('W_U', value, '')]),
        valueLine('length of row', norms[Number(row)]!, ''),
        { label: 'times the median', value: decimalText(timesMedian(of, norms[Number(row)]!), 1) },
      ],
      hook: 'unembed.W_U',
    }),
    subject: ({ row, column }) => ({ dimension: row, ...(column !== '' && { digit: column }) }),
  }
}

function significanceText(of: Unembedding): string {
  const significant = significantRows(of)
  const count = of.rowNorms.data.length
  const [longest] = longestRows(of)
  const times = decimalText(timesMedian(of, of.rowNorms.data[longest!]!), 1)
  if (significant.length === 0)
    return `No row stands out: the longest, ${longest}, has ${times} times the median length, and ${thresholdTimes(of)} would count.`
  const share = percent(shareOfRows(of, significant))
  return `${significant.length} of ${count} dimensions do the reading: ${significant.join(', ')} hold ${share} of W_U.`
}

/** `5`: how many times the median length a significant row has at least. */
function thresholdTimes(of: Unembedding): string {
  return decimalText(timesMedian(of, of.significantNorm), 0)
}

function rowMagnitudes({ result: of }: AnswerTo<'unembedding'>): ShownFigure<MatrixCell> {
  const rows = shownRows(of)
  const names = rows.map(String)
  const frequencies = of.fftMagnitude.labels.freq!
  const magnitudes = Float64Array.from(rowsOf(of.fftMagnitude, rows))
  const map: MatrixMap<MatrixCell> = {
    rows: { title: rowsTitle(of), names },
    columns: { title: 'frequency, turns per ten digits', names: frequencies },
    cells: cellsOf({ data: magnitudes }, names, frequencies),
    limit: symmetricLimit(magnitudes, 2),
    figures: 'plain',
    magnitudes: true,
  }
  const shares = frequencyShares(rowsOf(of.W_U, rows))
  const [first, second] = strongest(shares)
  return {
    label: 'Magnitude of each frequency in the rows, rows d_model, columns frequencies',
    finding: `Frequency ${first} holds ${percent(shares[first!]!)} of these rows, frequency ${second}: ${percent(shares[second!]!)}.`,
    ...shownMatrix(map, 'Magnitude of each frequency, row by row', 'd_model'),
    note: ({ row, column, value }) => ({
      subject: `dimension ${row}, frequency ${column}`,
      lines: [valueLine('magnitude', value, ''), { label: 'phase', value: degreesText(phaseOf(of, row, column)) }],
      hook: 'unembed.W_U',
    }),
    subject: ({ row }) => ({ dimension: row }),
  }
}

function rowsTitle(of: Unembedding): string {
  return significantRows(of).length > 0 ? 'significant d_model' : 'longest of d_model'
}

function phaseOf({ fftPhase: { data, shape } }: Unembedding, row: string, frequency: string): number {
  return data[Number(row) * shape[1]! + Number(frequency)]!
}

interface RowArrow {
  readonly row: string
  readonly magnitude: number
  readonly phase: number
}

function rowArrows({ result: of }: AnswerTo<'unembedding'>): ShownFigure<RowArrow> {
  const [lengths, angles] = [columnOf(of.fftMagnitude, 1), columnOf(of.fftPhase, 1)]
  const arrows = shownRows(of).map((row) => ({ row: String(row), magnitude: lengths[row]!, phase: angles[row]! }))
  const magnitudes = arrows.map(({ magnitude }) => magnitude)
  const limit = symmetricLimit(magnitudes, 2)
  const isMarked = significantRows(of).length > 0
  return {
    label: 'Rows of W_U as arrows: magnitude and phase of frequency 1',
    finding: anglesText(arrows),
    draw: (display) => {
      const color = isMarked ? tokensOf(display).acc : tokensOf(display).ink2
      const plot = arrows.map((datum) => ({ name: datum.row, ...datum, color, datum }))
      return arrowPlotDrawing({ arrows: plot, limit, unit: '' }, display)
    },
    table: {
      caption: 'Frequency 1 of the rows of W_U',
      columns: ['d_model', 'magnitude', 'phase, degrees'],
      rows: arrows.map(({ row, magnitude, phase }) => [row, magnitude, degrees(phase)]),
    },
    note: ({ row, magnitude, phase }) => ({
      subject: `dimension ${row}`,
      lines: [valueLine('magnitude', magnitude, ''), { label: 'phase', value: degreesText(phase) }],
      hook: 'unembed.W_U',
    }),
    subject: ({ row }) => ({ dimension: row }),
  }
}

/** Which of the longest rows are the most opposed, and which the nearest to a quarter turn: cosine and sine of one wave. */
function anglesText(arrows: readonly RowArrow[]): string {
  const long = arrows.toSorted((one, other) => other.magnitude - one.magnitude).slice(0, 4)
  const pairs = long.flatMap((one, index) =>
    long
      .slice(index + 1)
      .map((other) => ({ name: `${one.row} and ${other.row}`, angle: Math.abs(turn(one.phase, other.phase)) })),
  )
  if (pairs.length === 0) return 'A single row has no angle to another.'
  const opposed = pairs.reduce((best, pair) => (pair.angle > best.angle ? pair : best))
  const quarter = pairs.reduce((best, pair) => (Math.abs(pair.angle - 90) < Math.abs(best.angle - 90) ? pair : best))
  const text = ({ name, angle }: (typeof pairs)[number]) => `${name} (${decimalText(angle, 0)}° apart)`
  return `Of the longest rows, ${text(opposed)} are the most opposed, and ${text(quarter)} the nearest to a quarter turn, as cosine and sine are.`
}
