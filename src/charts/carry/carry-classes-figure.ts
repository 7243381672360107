import type { ParamsOf, ResultOf } from '../../analyses/registry'
import { carryClassRows, carryClassTable, scoreTable } from './carry-classes'
import { classesFinding } from './carry-findings'
import { runName } from '../drawing/run-names'
import { defineFigure, readAsTable, type Around, type ShownFigure } from '../figure'

/** The scores of each kind of sum, which are read as a table. */
export const carryClassesFigure = defineFigure({
  id: 'carry-classes',
  title: 'Carry classes',
  analysis: 'carry-classes',
  about: 'dataset',
  intervened: true,
  compares: true,
  cells: [],
  definition: {
    formula:
      'mean loss and share of sums with every digit right, for each pattern of columns (G: 10 or more, P: 9, K: less)',
    hook: 'unembed.hook_out',
    over: 'the sums of the subset with that pattern',
    layerNorm: 'as the model runs',
    unit: 'nats; share of sums',
  },
  show: classes,
})

function classes(
  result: ResultOf<'carry-classes'>,
  params: ParamsOf<'carry-classes'>,
  __: string,
  { clean = null }: Around<ResultOf<'carry-classes'>>,
): ShownFigure<number> {
  const rows = carryClassRows(clean ?? result, result, 'n')
  return {
    label: 'Number of sums, loss and share of right answers of each pattern of columns',
    finding: classesFinding(rows),
    table: clean ? carryClassTable(rows) : scoreTable(rows, runName(params)),
    ...readAsTable,
    act: (row) => {
      const { pattern } = rows[row]!
      return { words: `ask everything of the ${pattern} sums only`, subset: pattern }
    },
  }
}
