import type { ParamsOf, ResultOf } from '../../analyses/registry'
import { oneName, renameNote, runName } from '../drawing/run-names'
import { defineFigure, type Around, type ShownFigure } from '../figure'
import { answerDigitsOf } from '../../core/tokens'
import { predictionsFinding } from './performance-findings'
import { predictionNote, predictionsDrawing, predictionsTable, type PredictionDatum } from './predictions'

/** What the model answers to one sum. */
export const predictionsFigure = defineFigure({
  id: 'predictions',
  title: 'Predictions',
  analysis: 'predictions',
  about: 'sum',
  intervened: true,
  cells: [8],
  definition: {
    formula: 'softmax over all outputs at the positions that predict C0 onwards',
    hook: 'unembed.hook_out',
    over: 'one sum; nothing is averaged',
    layerNorm: 'as the model runs',
    unit: 'probability',
  },
  show: predictions,
})

function predictions(
  result: ResultOf<'predictions'>,
  params: ParamsOf<'predictions'>,
  _: string,
  { layout }: Pick<Around, 'layout'>,
): ShownFigure<PredictionDatum> {
  const { logits, probs } = result
  const run = { logits, probs, predicted: Array.from(result.predicted.data) }
  const truth = answerDigitsOf(params.sum, layout)
  const names = oneName(runName(params))
  const input = { clean: run, now: run, intervened: false, truth, focus: null, scale: 'p', names } as const
  return {
    label: 'Probability of each digit at each answer position',
    finding: predictionsFinding(input),
    draw: (display) => predictionsDrawing(input, display),
    table: predictionsTable(input),
    note: (datum) => renameNote(predictionNote(datum, false), names),
  }
}
