import { arrowPlotDrawing } from '../kinds/arrow-plot'
import { barRowsDrawing } from '../kinds/bar-rows'
import { digitPlaneDrawing, type DigitPoint } from './digit-plane'
import { aroundText, degrees, degreesText, percent, sentence } from '../kinds/digit-waves'
import { defineFigure, type AnswerTo, type AnyFigure, type ShownFigure } from '../figure'
import { cellsOf, numbers, shownMatrix, valueLine, type MatrixCell } from '../kinds/matrix-cell'
import type { MatrixMap } from '../kinds/matrix-map'
import { decimalText } from '../drawing/number-text'
import { cycleColors, symmetricLimit } from '../drawing/palette'
import { columnOf, mainDirectionNames, significantRows } from './unembedding'
import { ofUnembedding, unembeddingDefinition } from './unembedding-definition'

const square = { width: 440, height: 340 } as const

/** Figures of W_U digit by digit: how alike the digits are to the residual stream, and in which plane they lie. */
export const unembeddingDigitFigures: readonly AnyFigure[] = [
  defineFigure({
    ...ofUnembedding,
    id: 'unembedding-gram',
    title: 'Likeness of the digits',
    cells: [12],
    definition: unembeddingDefinition('W_U.T @ W_U: the dot product of each two digits’ columns', 'logits²'),
    size: square,
    show: gram,
  }),
  defineFigure({
    ...ofUnembedding,
    id: 'unembedding-gram-arrows',
    title: 'Digits by their likeness',
    cells: [13],
    definition: unembeddingDefinition('torch.fft.rfft of each row of W_U.T @ W_U, at frequency 1', 'logits²'),
    size: square,
    show: digitArrows,
  }),
  defineFigure({
    ...ofUnembedding,
    id: 'unembedding-singular-values',
    title: 'Singular values',
    cells: [14],
    definition: unembeddingDefinition('diagonal of S in W_U = U S V.T'),
    show: singular,
  }),
  defineFigure({
    ...ofUnembedding,
    id: 'unembedding-directions',
    title: 'The two directions read',
    cells: [14],
    definition: unembeddingDefinition(
      'first two columns of U in W_U = U S V.T, their largest entry positive',
      'none: each direction has length 1',
    ),
    show: directions,
  }),
  defineFigure({
    ...ofUnembedding,
    id: 'unembedding-plane',
    title: 'Digits in their plane',
    cells: [15],
    definition: unembeddingDefinition('W_U.T @ U, its first two columns'),
    size: square,
    show: plane,
  }),
]

function gram({ result: of }: AnswerTo<'unembedding'>): ShownFigure<MatrixCell> {
  const names = of.W_U.labels.logit!
  const map: MatrixMap<MatrixCell> = {
    rows: { title: 'digit', names },
    columns: { title: 'digit', names },
    cells: cellsOf(of.gram, names, names),
    limit: symmetricLimit(of.gram.data, 2),
    figures: 'signed',
  }
  const cosine = (one: number, other: number) => {
    const entry = (row: number, column: number) => of.gram.data[row * names.length + column]!
    return entry(one, other) / Math.sqrt(entry(one, one) * entry(other, other))
  }
  const apart = (steps: number) =>
    names.reduce((sum, _, digit) => sum + cosine(digit, (digit + steps) % names.length), 0) / names.length
  return {
    label: 'Dot products of the digits’ columns of W_U',
    finding: `Mean cosine of neighbours ${decimalText(apart(1), 2)}, of digits five apart ${decimalText(apart(5), 2)}.`,
    ...shownMatrix(map, 'Dot products of the digits’ columns of W_U', 'digit'),
    note: ({ row, column, value }) => ({
      subject: `digits ${row} and ${column}`,
      lines: [valueLine('dot product', value, ''), valueLine('cosine', cosine(Number(row), Number(column)), '')],
      hook: 'unembed.W_U',
    }),
    subject: ({ row }) => ({ digit: row }),
  }
}

interface DigitArrow {
  readonly digit: number
  readonly magnitude: number
  readonly phase: number
}

function digitArrows({ result: of }: AnswerTo<'unembedding'>): ShownFigure<DigitArrow> {
  const [lengths, angles] = [columnOf(of.gramFftMagnitude, 1), columnOf(of.gramFftPhase, 1)]
  const arrows = lengths.map((magnitude, digit) => ({ digit, magnitude, phase: angles[digit]! }))
  return {
    label: 'Digits as arrows: magnitude and phase of frequency 1 of their row of the Gram matrix',
    finding: sentence(aroundText(angles)),
    draw: (display) => {
      const colors = cycleColors(display)
      const plot = arrows.map((datum) => {
        return { name: String(datum.digit), ...datum, color: colors[datum.digit]!, datum }
      })
      return arrowPlotDrawing({ arrows: plot, limit: symmetricLimit(lengths, 2), unit: '' }, display)
    },
    table: {
      caption: 'Frequency 1 of each digit’s row of the Gram matrix',
      columns: ['digit', 'magnitude', 'phase, degrees'],
      rows: arrows.map(({ digit, magnitude, phase }) => [digit, magnitude, degrees(phase)]),
    },
    note: ({ digit, magnitude, phase }) => ({
      subject: `digit ${digit}`,
      lines: [valueLine('magnitude', magnitude, ''), { label: 'phase', value: degreesText(phase) }],
      hook: 'unembed.W_U',
    }),
    subject: ({ digit }) => ({ digit: String(digit) }),
  }
}

/** How much of W_U's squared length its first directions must hold for them to be called enough. */
const enough = 0.95

function singular({ result: { singularValues } }: AnswerTo<'unembedding'>): ShownFigure<MatrixCell> {
  const values = Array.from(singularValues.data)
  const names = values.map((_, component) => String(component + 1))
  const total = values.reduce((sum, value) => sum + value ** 2, 0)
  const shareOf = (count: number) => values.slice(0, count).reduce((sum, value) => sum + value ** 2, 0) / total
  const needed = names.findIndex((_, component) => shareOf(component + 1) >= enough) + 1
  const bars = values.map((value, component) => {
    return { value, datum: { row: '', column: names[component]!, value } }
  })
  return {
    label: 'Singular values of W_U',
    finding:
      needed > 0
        ? `${needed} of ${names.length} directions hold ${percent(shareOf(needed))} of W_U${needed > 2 ? `, the first two ${percent(shareOf(2))}` : ''}.`
        : 'W_U is 0: no direction holds anything of it.',
    draw: (display) => {
      const marked = Array.from({ length: needed }, (_, component) => component)
      const rows = [{ name: '', bars }]
      return barRowsDrawing({ rows, names, title: 'direction', marked, decimals: 1 }, display)
    },
    table: {
      caption: 'Singular values of W_U',
      columns: ['direction', 'singular value', 'share of W_U held so far'],
      rows: values.map((value, component) => [names[component]!, value, shareOf(component + 1)]),
    },
    note: ({ column, value }) => ({
      subject: `direction ${column}`,
      lines: [
        valueLine('singular value', value, ''),
        { label: 'held up to it', value: percent(shareOf(Number(column))) },
      ],
      hook: 'unembed.W_U',
    }),
  }
}

function directions({ result: of }: AnswerTo<'unembedding'>): ShownFigure<MatrixCell> {
  const vectors = [0, 1].map((component) => columnOf(of.leftSingularVectors, component))
  const names = numbers(vectors[0]!.length)
  const rows = vectors.map((vector, component) => {
    const name = `direction ${component + 1}`
    return {
      name: `${name}, s = ${decimalText(of.singularValues.data[component]!, 1)}`,
      bars: vector.map((value, row) => ({ value, datum: { row: name, column: names[row]!, value } })),
    }
  })
  return {
    label: 'Entries of the first two left singular vectors along d_model',
    finding: `${vectors.map(mainlyText).join(', ')}.`,
    draw: (display) => barRowsDrawing({ rows, names, title: 'd_model', marked: significantRows(of) }, display),
    table: {
      caption: 'First two left singular vectors of W_U',
      columns: ['d_model', 'direction 1', 'direction 2'],
      rows: names.map((name, row) => [name, vectors[0]![row]!, vectors[1]![row]!]),
    },
    note: ({ row, column, value }) => ({
      subject: `${row}, dimension ${column}`,
      lines: [valueLine('entry', value, '')],
      hook: 'unembed.W_U',
    }),
    subject: ({ column }) => ({ dimension: column }),
  }
}

/** `Direction 1 lies 96 % along dimension 37`: a vector of length 1, by its largest entry's square. */
function mainlyText(vector: readonly number[], component: number): string {
  const squares = vector.map((entry) => entry ** 2)
  const largest = squares.indexOf(Math.max(...squares))
  const share = `${component + 1} lies ${decimalText(100 * squares[largest]!, 0)} % along dimension ${largest}`
  return component === 0 ? `Direction ${share}` : share
}

function plane({ result: of }: AnswerTo<'unembedding'>): ShownFigure<DigitPoint> {
  const [across, up] = [columnOf(of.digitProjections, 0), columnOf(of.digitProjections, 1)]
  const points = across.map((x, digit) => ({ digit, x, y: up[digit]! }))
  const distances = points.map(({ x, y }) => Math.hypot(x, y))
  const angle = ({ x, y }: DigitPoint) => Math.atan2(y, x)
  const [nearest, farthest] = [Math.min(...distances), Math.max(...distances)].map((each) => decimalText(each, 1))
  return {
    label: 'Digits’ columns of W_U in the plane of its two main directions',
    finding: `Distances of ${nearest} to ${farthest}: ${aroundText(points.map(angle))}.`,
    draw: (display) => digitPlaneDrawing({ points, axes: mainDirectionNames(of) }, display),
    table: {
      caption: 'Digits in the plane of W_U’s two main directions',
      columns: ['digit', 'direction 1', 'direction 2', 'distance'],
      rows: points.map(({ digit, x, y }) => [digit, x, y, distances[digit]!]),
    },
    note: (point) => ({
      subject: `digit ${point.digit}`,
      lines: [
        valueLine('direction 1', point.x, ''),
        valueLine('direction 2', point.y, ''),
        { label: 'angle', value: degreesText(angle(point)) },
      ],
      hook: 'unembed.W_U',
    }),
    subject: ({ digit }) => ({ digit: String(digit) }),
  }
}
