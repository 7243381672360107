import { dimensionMap, tall } from './dimension-map'
import { frequencyShares, percent, strongest } from '../kinds/digit-waves'
import { defineFigure, type AnswerTo, type AnyFigure, type ShownFigure } from '../figure'
import { cellsOf, matrixTable, shownMatrix, valueLine, type MatrixCell } from '../kinds/matrix-cell'
import { matrixMapDrawing, type MatrixMap } from '../kinds/matrix-map'
import { symmetricLimit } from '../drawing/palette'
import { ofUnembedding, unembeddingDefinition } from './unembedding-definition'

/** Figures of W_U as waves over the digits. */
export const unembeddingWaveFigures: readonly AnyFigure[] = [
  defineFigure({
    ...ofUnembedding,
    id: 'unembedding-fourier',
    title: 'W_U in the Fourier basis',
    cells: [42],
    definition: unembeddingDefinition('W_U @ basis.T; waves over the digits, each of length 1'),
    size: tall,
    show: coefficients,
  }),
  defineFigure({
    ...ofUnembedding,
    id: 'unembedding-reconstruction',
    title: 'W_U from frequency 1 alone',
    cells: [43],
    definition: unembeddingDefinition(
      'W_U @ basis[1:3].T @ basis[1:3]: only cos 1 and sin 1 are kept; colours as in W_U',
    ),
    size: tall,
    show: reconstruction,
  }),
  defineFigure({
    ...ofUnembedding,
    id: 'unembedding-basis',
    title: 'Fourier basis',
    cells: [42],
    definition: unembeddingDefinition(
      'const, then cos and sin of frequencies 1 to 5 over the ten digits, each divided by its length',
      'none: each wave has length 1',
    ),
    size: { width: 440, height: 340 },
    show: basis,
  }),
]

function coefficients({ result: of }: AnswerTo<'unembedding'>): ShownFigure<MatrixCell> {
  const map = dimensionMap(of, 'fourier', symmetricLimit(of.fourier.data, 2))
  const shares = frequencyShares(of.W_U.data)
  const [first, second] = strongest(shares)
  return {
    label: 'W_U in the Fourier basis, rows d_model, columns waves',
    finding: `Frequency ${first} holds ${percent(shares[first!]!)} of W_U, frequency ${second}: ${percent(shares[second!]!)}.`,
    draw: (display) => matrixMapDrawing(map, display),
    table: matrixTable('Coefficients of W_U in the Fourier basis', 'd_model', map.cells, of.fourier.labels.component!),
    note: ({ row, column, value }) => ({
      subject: `dimension ${row}, ${column}`,
      lines: [valueLine('coefficient', value, '')],
      hook: 'unembed.W_U',
    }),
    subject: ({ row }) => ({ dimension: row }),
  }
}

function reconstruction({ result: of }: AnswerTo<'unembedding'>): ShownFigure<MatrixCell> {
  const map = dimensionMap(of, 'reconstruction', symmetricLimit(of.W_U.data, 2))
  const kept = frequencyShares(of.W_U.data)[1]!
  return {
    label: 'W_U rebuilt from frequency 1, rows d_model, columns digits',
    finding: `Frequency 1 alone keeps ${percent(kept)} of W_U.`,
    ...shownMatrix(map, 'W_U rebuilt from frequency 1', 'd_model'),
    note: ({ row, column, value }) => {
      const original = of.W_U.data[Number(row) * map.columns.names.length + Number(column)]!
      return {
        subject: `dimension ${row} → digit ${column}`,
        lines: [
          valueLine('frequency 1', value, ''),
          valueLine('W_U', original, ''),
          valueLine('missed', original - value, ''),
        ],
        hook: 'unembed.W_U',
      }
    },
    subject: ({ row, column }) => ({ dimension: row, digit: column }),
  }
}

function basis({ result: of }: AnswerTo<'unembedding'>): ShownFigure<MatrixCell> {
  const [waves, digits] = [of.fourierBasis.labels.component!, of.W_U.labels.logit!]
  const map: MatrixMap<MatrixCell> = {
    rows: { title: 'wave', names: waves },
    columns: { title: 'digit', names: digits },
    cells: cellsOf(of.fourierBasis, waves, digits),
    limit: symmetricLimit(of.fourierBasis.data, 2),
  }
  const shares = frequencyShares(of.W_U.data)
  return {
    label: 'The Fourier basis over the ten digits, rows waves, columns digits',
    finding: `W_U along it: ${shares.map((share, frequency) => `frequency ${frequency}: ${percent(share)}`).join(', ')}.`,
    ...shownMatrix(map, 'The Fourier basis over the ten digits', 'wave'),
    note: ({ row, column, value }) => ({
      subject: `${row} at digit ${column}`,
      lines: [valueLine('entry', value, '')],
    }),
    subject: ({ column }) => ({ digit: column }),
  }
}
