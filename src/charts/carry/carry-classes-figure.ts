import type { AnalysisParams, AnalysisResult } from '../../analyses/analysis'
import { carryClassRows, carryClassTable, scoreTable, type ClassScores } from './carry-classes'
import { runName } from '../drawing/run-names'
import { readAsTable, type AnalysisFigure, type Around, type ShownFigure } from '../figure'

/** The scores of each kind of sum, which are read as a table. */
export const carryClassesFigure: AnalysisFigure = {
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
}

function classes(
  result: AnalysisResult,
  params: AnalysisParams,
  __: string,
  { clean = null }: Around = {},
): ShownFigure<number> {
  const scores = result as unknown as ClassScores
  const rows = carryClassRows((clean ?? result) as unknown as ClassScores, scores, 'n')
  return {
    label: 'Number of sums, loss and share of right answers of each pattern of columns',
    table: clean ? carryClassTable(rows) : scoreTable(rows, runName(params)),
    ...readAsTable,
    act: (row) => {
      const { pattern } = rows[row]!
      return { words: `ask everything of the ${pattern} sums only`, subset: pattern }
    },
  }
}
