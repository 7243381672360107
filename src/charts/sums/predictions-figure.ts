import type { ParamsOf, ResultOf } from '../../analyses/registry'
import { oneName, renameNote, runName } from '../drawing/run-names'
import { defineFigure, type ShownFigure } from '../figure'
import { answerDigits } from './answer-digits'
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
    formula: 'softmax over all 12 outputs at the positions that predict C0 onwards',
    hook: 'unembed.hook_out',
    over: 'one sum; nothing is averaged',
    layerNorm: 'as the model runs',
    unit: 'probability',
  },
  show: predictions,
})

function predictions(result: ResultOf<'predictions'>, params: ParamsOf<'predictions'>): ShownFigure<PredictionDatum> {
  const { logits, probs } = result
  const run = { logits, probs, predicted: Array.from(result.predicted.data) }
  const truth = answerDigits(params, probs.shape[0]!)
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
