import { counted } from '../../core/counted'
import { lossText, percentText, signedText } from '../drawing/number-text'
import { oneName, renameNote, runName, usualNames } from '../drawing/run-names'
import type { Note } from '../drawing/note'
import { defineFigure, type AnswerTo, type ShownFigure } from '../figure'
import {
  carryClassRows,
  carryClassTable,
  classOrders,
  isClassHeading,
  scoreTable,
  type CarryClassRow,
  type ClassDatum,
  type ClassesInput,
  type ClassOrder,
} from './carry-classes'
import { carryClassesChart } from './carry-classes-chart'
import { headHeight, leastRow } from './carry-classes-layout'
import { classesFinding } from './carry-findings'

/** What classes are sorted by, as it is chosen. */
export const classOrder = 'class order'

/** The scores of each kind of sum: numbers, and bars beside them. */
export const carryClassesFigure = defineFigure({
  id: 'carry-classes',
  title: 'Carry classes',
  analysis: 'carry-classes',
  about: 'dataset',
  intervened: true,
  compares: true,
  marksClass: true,
  definition: {
    formula:
      'mean loss and share of sums with every digit right, for each pattern of columns (G: 10 or more, P: 9, K: less)',
    hook: 'unembed.hook_out',
    over: 'the sums of the subset with that pattern',
    unit: 'nats; share of sums',
  },
  size: { width: 620, height: headHeight + 28 * leastRow },
  choices: [{ kind: classOrder, label: 'sorted by', options: classOrders.map((name) => ({ name })) }],
  show: classes,
})

function classes(answer: AnswerTo<'carry-classes'>): ShownFigure<ClassDatum> {
  const { result, params, clean = null, pattern: own = null, chosen = {} } = answer
  const order = classOrders.find((known) => known === chosen[classOrder]) ?? 'n'
  const rows = carryClassRows(clean ?? result, result, order)
  const names = clean ? usualNames : oneName(runName(params))
  const runs = clean ? 'both' : names.now === 'clean' ? 'clean' : 'now'
  const input: ClassesInput = { rows, order, own, runs }
  return {
    label: 'Number of sums, loss and share of right answers of each pattern of columns',
    finding: classesFinding(rows),
    rows: Math.ceil((rows.length * leastRow + headHeight - 37) / 14),
    draw: (display) => carryClassesChart(input, display),
    table: clean ? carryClassTable(rows) : scoreTable(rows, names.now),
    note: (datum) => (isClassHeading(datum) ? headingNote(datum.order) : renameNote(classNote(datum, runs), names)),
    act: (datum) =>
      isClassHeading(datum)
        ? { words: `sort by ${datum.order}`, chosen: { [classOrder]: datum.order } }
        : { words: `ask everything of the ${datum.pattern} sums only`, subset: datum.pattern },
  }
}

const headings: Readonly<Record<ClassOrder, string>> = {
  n: 'n, sums: the largest class first',
  loss: 'Loss, nats: the largest first',
  'exact match': 'Exact match, %: the smallest first',
}

function headingNote(order: ClassOrder): Note {
  return { subject: headings[order], lines: [] }
}

function classNote(row: CarryClassRow, runs: ClassesInput['runs']): Note {
  const { pattern, n, cleanLoss, nowLoss, cleanExact, nowExact } = row
  const loss = (value: number) => `${lossText(value)} nats`
  const right = (value: number) => `${percentText(value)} % right`
  const both = runs === 'both'
  return {
    subject: `${pattern}, ${counted(n, 'sum')}`,
    lines: [
      ...(runs === 'now' ? [] : [{ label: 'clean', value: `${loss(cleanLoss)}, ${right(cleanExact)}` }]),
      ...(runs === 'clean' ? [] : [{ label: 'intervened', value: `${loss(nowLoss)}, ${right(nowExact)}` }]),
      ...(both
        ? [{ label: 'Δ', value: `${signedText(nowLoss - cleanLoss, 4)} nats, ${points(nowExact - cleanExact)}` }]
        : []),
    ],
  }
}

function points(difference: number): string {
  return `${signedText(100 * difference, 1)} points`
}
