import type { AnalysisResult } from '../../analyses/analysis'
import { carryClassRows, scoreTable, type ClassScores } from '../carry-classes'
import type { AnalysisFigure, ShownFigure } from '../figure'

/** The scores of each kind of sum, which are read as a table. */
export const carryClassesFigure: AnalysisFigure = {
  id: 'carry-classes',
  title: 'Carry classes',
  analysis: 'carry-classes',
  about: 'dataset',
  intervened: true,
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

function classes(result: AnalysisResult): ShownFigure<never> {
  const scores = result as unknown as ClassScores
  return {
    label: 'Number of sums, loss and share of right answers of each pattern of columns',
    table: scoreTable(carryClassRows(scores, scores, 'n')),
    draw: null,
    note: (datum) => datum,
  }
}
