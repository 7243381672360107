import type { ResultOf } from '../../analyses/registry'
import { headLabels } from '../../core/heads'
import { positionLabels, tokenAt } from '../../core/positions'
import type { Tensor } from '../../core/tensor'
import { decimalText } from '../drawing/number-text'
import { defineFigure, type AnswerTo, type AnyFigure, type ShownFigure } from '../figure'
import { classFigure } from './class-grid'
import { outcomeChart, outcomeNote } from './outcome-chart'
import { namedMatrixFigure, type NamedMatrix } from './named-matrix'
import type { NamedCell } from './named-matrix-chart'

const over = 'pairs of two of the chosen sums, drawn with their seed'
const hook = 'blocks.*.attn.hook_result'

/** Where each carry lives, and what becomes of a digit. */
export const transplantFigures: readonly AnyFigure[] = [
  defineFigure({
    id: 'transplant-map',
    title: 'Where each carry lives',
    analysis: 'transplant-map',
    about: 'dataset',
    intervened: true,
    definition: {
      formula:
        'one head at one position from another sum: moved, share of the digits that get its carry where the carry differs; own, ' +
        'share that stay right where it is the same',
      hook,
      over,
      unit: 'share of pairs',
    },
    size: { width: 900, height: 300 },
    parts: { kind: 'digit', of: ({ moved }) => digitsThatCarry(moved) },
    choices: [{ kind: 'share', label: 'share', options: ['moved', 'own'].map((name) => ({ name })) }],
    show: siteMap,
  }),
  defineFigure({
    id: 'transplant',
    title: 'What a transplant moves',
    analysis: 'transplant',
    about: 'dataset',
    intervened: true,
    definition: {
      formula: 'what becomes of each digit when the sites come from another sum; the first outcome that fits',
      hook,
      over,
      unit: 'share of pairs',
    },
    size: { width: 540, height: 260 },
    show: ({ result, focus = null }) => ({
      ...outcomeTable(result),
      draw: (display) => outcomeChart(result, focus, display),
      note: outcomeNote,
    }),
  }),
  defineFigure({
    id: 'transplant-classes',
    title: 'Which classes a transplant moves',
    analysis: 'transplant',
    about: 'dataset',
    intervened: true,
    definition: {
      formula: 'share of the digits that get the donor’s carry, by the class of the column to the right in both sums',
      hook,
      over: `${over}; those whose carry into the digit differs`,
      unit: 'share of pairs',
    },
    size: { width: 360, height: 180 },
    show: ({ result, focus }) => classFigure(result, focus ?? movedDigit(result)),
  }),
]

/** Into the last digit nothing carries. */
function digitsThatCarry({ labels }: Tensor<readonly ['layer', 'head', 'position', 'digit']>): readonly string[] {
  return labels.digit!.slice(0, -1)
}

function siteMap({ result, part, layout, chosen = {} }: AnswerTo<'transplant-map'>): ShownFigure<NamedCell> {
  const share = chosen['share'] === 'own' ? 'own' : 'moved'
  const map = result[share]
  const [layers, heads, positions, digits] = map.shape as [number, number, number, number]
  const digit = map.labels.digit!.indexOf(part)
  const values = Float64Array.from(
    { length: layers * heads * positions },
    (_, site) => map.data[site * digits + digit]!,
  )
  const input: NamedMatrix = {
    label: `Share of ${part} that ${share === 'moved' ? 'gets another sum’s carry' : 'stays right'}, by head and position`,
    rows: { title: 'head', names: headLabels(layers, heads), gaps: gapsBetween(layers, heads) },
    columns: { title: 'position', names: positionLabels(layout) },
    values,
    unit: share,
    limit: 1,
    hook,
    finding: ({ row, column, value }) => {
      const site = `${row} at ${tokenAt(positionLabels(layout).indexOf(column), layout)}`
      if (share === 'moved') return `${site} moves the most of ${part}: ${decimalText(value, 3)}.`
      return `Wherever another head is put in, ${part} stays right in ${decimalText(Math.min(...values), 3)} of the pairs with the same carry, or more.`
    },
  }
  return namedMatrixFigure(input)
}

/** The rows that begin another layer. */
export function gapsBetween(layers: number, heads: number): number[] {
  return Array.from({ length: layers - 1 }, (_, layer) => (layer + 1) * heads)
}

function outcomeTable({ share, n }: ResultOf<'transplant'>): Pick<ShownFigure, 'label' | 'finding' | 'table'> {
  const [groups, digits, outcomes] = [share.labels.group!, share.labels.digit!, share.labels.outcome!]
  const rows = groups.flatMap((group, row) =>
    digits.map((digit, column) => {
      const place = row * digits.length + column
      const shares = Array.from(share.data.subarray(place * outcomes.length, (place + 1) * outcomes.length))
      return [digit, group === 'differ' ? 'differs' : 'is the same', n.data[place]!, ...shares]
    }),
  )
  return {
    label: 'What became of each digit, where the carry into it differs and where it is the same',
    finding: mostMoved(digits, share),
    table: {
      caption: 'Outcomes of each digit',
      columns: ['digit', 'carry', 'pairs', ...outcomes],
      units: ['', '', '', ...outcomes.map(() => 'share')],
      rows,
    },
  }
}

/** The digit that gets the other sum's carry the most often; the first where no carry differs. */
function movedDigit({ share: { data, shape, labels } }: ResultOf<'transplant'>): number {
  const moved = labels.digit!.map((_, digit) => data[digit * shape[2]! + 1]!)
  return Math.max(moved.indexOf(Math.max(...moved.filter((value) => !Number.isNaN(value)))), 0)
}

/** Which digit gets the other sum's carry the most often. */
function mostMoved(digits: readonly string[], { data, shape }: ResultOf<'transplant'>['share']): string {
  const moved = digits.map((digit, column) => ({ digit, value: data[column * shape[2]! + 1]! }))
  const most = moved.filter(({ value }) => !Number.isNaN(value)).toSorted((one, other) => other.value - one.value)[0]
  if (!most) return 'No carry differs in these pairs.'
  return `Of the digits, ${most.digit} gets the other sum’s carry the most often: in ${decimalText(most.value, 3)} of the pairs whose carry differs.`
}
